//! Reading and writing the program's memory; anything outside it fails the program.

use alloy_primitives::{Address, B256, U256};

use super::{Escape, Host};

const OUT_OF_BOUNDS: Escape = Escape::Failure("memory access out of bounds");

impl Host<'_> {
    /// Bytes of memory.
    pub fn read(&self, ptr: u32, len: u32) -> Result<&[u8], Escape> {
        let start = ptr as usize;
        self.memory
            .get(start..start + len as usize)
            .ok_or(OUT_OF_BOUNDS)
    }

    /// Overwrites memory.
    pub fn write(&mut self, ptr: u32, bytes: &[u8]) -> Result<(), Escape> {
        let start = ptr as usize;
        let target = self
            .memory
            .get_mut(start..start + bytes.len())
            .ok_or(OUT_OF_BOUNDS)?;
        target.copy_from_slice(bytes);
        Ok(())
    }

    /// A 32-byte word.
    pub fn read_word(&self, ptr: u32) -> Result<B256, Escape> {
        Ok(B256::from_slice(self.read(ptr, 32)?))
    }

    /// A 32-byte word as a big-endian number.
    pub fn read_number(&self, ptr: u32) -> Result<U256, Escape> {
        self.read_word(ptr).map(Into::into)
    }

    /// A 20-byte address.
    pub fn read_address(&self, ptr: u32) -> Result<Address, Escape> {
        Ok(Address::from_slice(self.read(ptr, 20)?))
    }

    /// A number as a big-endian 32-byte word.
    pub fn write_number(&mut self, ptr: u32, number: U256) -> Result<(), Escape> {
        self.write(ptr, &number.to_be_bytes::<32>())
    }

    /// A length, little-endian as WASM has it.
    pub fn write_len(&mut self, ptr: u32, len: u32) -> Result<(), Escape> {
        self.write(ptr, &len.to_le_bytes())
    }
}
