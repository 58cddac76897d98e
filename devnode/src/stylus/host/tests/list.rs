//! Nitro's list of host functions, held against ours: none missing, none more, types and base ink.

use wasmparser::ValType;

use crate::stylus::host::{HOSTIOS, find};

/// Module, name, type, base ink: as Nitro has them (i = 32, I = 64 bits, f and F floats).
const NITRO: &str = "
vm_hooks read_args i 8400
vm_hooks write_result ii 8400
vm_hooks exit_early i 0
vm_hooks storage_load_bytes32 ii 18480
vm_hooks storage_cache_bytes32 ii 18480
vm_hooks storage_flush_cache i 68073
vm_hooks transient_load_bytes32 ii 78153
vm_hooks transient_store_bytes32 ii 78153
vm_hooks call_contract iiiiIi>i 83193
vm_hooks delegate_call_contract iiiIi>i 83193
vm_hooks static_call_contract iiiIi>i 83193
vm_hooks create1 iiiii 83193
vm_hooks create2 iiiiii 88233
vm_hooks read_return_data iii>i 68073
vm_hooks return_data_size >i 8400
vm_hooks emit_log iii 68073
vm_hooks account_balance ii 78153
vm_hooks account_code iiii>i 68073
vm_hooks account_code_size i>i 68073
vm_hooks account_codehash ii 78153
vm_hooks block_basefee i 13440
vm_hooks block_coinbase i 13440
vm_hooks block_gas_limit >I 8400
vm_hooks block_number >I 8400
vm_hooks block_timestamp >I 8400
vm_hooks chainid >I 8400
vm_hooks contract_address i 13440
vm_hooks evm_gas_left >I 8400
vm_hooks evm_ink_left >I 8400
vm_hooks math_div ii 43520
vm_hooks math_mod ii 43520
vm_hooks math_pow ii 23520
vm_hooks math_add_mod iii 49560
vm_hooks math_mul_mod iii 52660
vm_hooks msg_reentrant >i 8400
vm_hooks msg_sender i 13440
vm_hooks msg_value i 13440
vm_hooks native_keccak256 iii 0
vm_hooks tx_gas_price i 13440
vm_hooks tx_ink_price >i 8400
vm_hooks tx_origin i 13440
vm_hooks pay_for_memory_grow i 0
console log_txt ii 0
console log_i32 i 0
console log_i64 I 0
console log_f32 f 0
console log_f64 F 0
console tee_i32 i>i 0
console tee_i64 I>I 0
console tee_f32 f>f 0
console tee_f64 F>F 0
";

fn letter(ty: ValType) -> char {
    match ty {
        ValType::I32 => 'i',
        ValType::I64 => 'I',
        ValType::F32 => 'f',
        ValType::F64 => 'F',
        other => panic!("{other}"),
    }
}

#[test]
fn every_host_function_of_nitro_is_there_with_its_type_and_base_ink() {
    let ours: Vec<String> = HOSTIOS
        .iter()
        .map(|hostio| {
            let mut ty: String = hostio.params.iter().copied().map(letter).collect();
            if let Some(result) = hostio.result {
                ty.extend(['>', letter(result)]);
            }
            format!(
                "{} {} {ty} {}",
                hostio.module, hostio.name, hostio.base_ink.0
            )
        })
        .collect();
    let nitro: Vec<&str> = NITRO.trim().lines().collect();
    assert_eq!(ours, nitro);
}

#[test]
fn functions_are_found_by_module_and_name() {
    for hostio in HOSTIOS {
        let found = find(hostio.module, hostio.name).map(|found| found.name);
        assert_eq!(found, Some(hostio.name));
    }
    assert!(find("console", "read_args").is_none());
    assert!(find("env", "read_args").is_none());
}
