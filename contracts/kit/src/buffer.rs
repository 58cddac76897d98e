//! Where outgoing bytes are put together: answers, logs, calls and revert data, one after the other and never nested.
//! Always holds: what is in the buffer is used up before the next thing is begun.

/// Bytes that fit without asking for memory: 20 words.
pub const ROOM: usize = 640;

#[cfg(target_arch = "wasm32")]
static mut OUT: [u8; ROOM] = [0; ROOM];

/// The start of the fixed buffer.
#[cfg(target_arch = "wasm32")]
#[inline(always)]
pub fn out() -> *mut u8 {
    &raw mut OUT as *mut u8
}

/// The start of the fixed buffer of the running frame.
#[cfg(not(target_arch = "wasm32"))]
pub fn out() -> *mut u8 {
    crate::sim::hooks::frame_buffer()
}

/// Memory for `bytes` bytes: the fixed buffer where they fit, else fresh memory that lasts as long as the call.
#[inline(always)]
pub fn room(bytes: usize) -> *mut u8 {
    if bytes <= ROOM { out() } else { fresh(bytes) }
}

/// Fresh memory, aligned for words, not cleared; it lasts as long as the call.
#[cfg(target_arch = "wasm32")]
#[inline(never)]
pub fn fresh(bytes: usize) -> *mut u8 {
    // SAFETY: the size is never 0 here and fits the 32-bit address space; the allocator answers null at worst, and
    // the host then refuses to read or write there.
    unsafe {
        alloc::alloc::alloc(alloc::alloc::Layout::from_size_align_unchecked(
            bytes | 1,
            8,
        ))
    }
}

/// Fresh memory of the running frame.
#[cfg(not(target_arch = "wasm32"))]
pub fn fresh(bytes: usize) -> *mut u8 {
    crate::sim::hooks::frame_memory(bytes)
}

/// Fresh memory, cleared, that outlives the call.
pub fn lasting(bytes: usize) -> &'static mut [u8] {
    // SAFETY: on chain memory is fresh once, cleared and never freed.
    #[cfg(target_arch = "wasm32")]
    return unsafe { core::slice::from_raw_parts_mut(fresh(bytes), bytes) };
    // Natively what outlives its call must outlive all: it is little, and tests are short.
    #[cfg(not(target_arch = "wasm32"))]
    return alloc::vec![0; bytes].leak();
}

/// Copies `bytes` to `to`.
///
/// # Safety
/// `to` must have room for them.
#[inline(never)]
pub unsafe fn put(to: *mut u8, bytes: &[u8]) {
    // SAFETY: the caller promises room; source and buffer never overlap, or are the same bytes.
    unsafe { core::ptr::copy(bytes.as_ptr(), to, bytes.len()) }
}
