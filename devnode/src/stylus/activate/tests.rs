//! Activation of the recorded modules: every figure as a real Nitro prover gives it.

use alloy_primitives::B256;

use super::{ActivationError, activate};
use crate::stylus::{
    accept,
    entry::call_gas,
    meter::meter,
    module::ParsedModule,
    pages::OpenPages,
    params::StylusParams,
    testing::{A, B, C, D, activated, rules, wasm},
};

/// Figures of one module.
struct Figures {
    text: &'static str,
    wasm_len: usize,
    operators: &'static [usize],
    frame_words: &'static [u32],
    analysis_gas: u64,
    init_cost: u16,
    cached_cost: u16,
    asm_estimate: u32,
    footprint: u16,
    call_gas: u64,
}

const FIGURES: [Figures; 4] = [
    Figures {
        text: A,
        wasm_len: 64,
        operators: &[31],
        frame_words: &[6],
        analysis_gas: 1_008,
        init_cost: 18,
        cached_cost: 6,
        asm_estimate: 513_418,
        footprint: 0,
        call_gas: 9_208,
    },
    Figures {
        text: B,
        wasm_len: 176,
        operators: &[60],
        frame_words: &[6],
        analysis_gas: 64_512,
        init_cost: 32,
        cached_cost: 11,
        asm_estimate: 514_120,
        footprint: 1,
        call_gas: 9_227,
    },
    Figures {
        text: C,
        wasm_len: 405,
        operators: &[107, 133],
        frame_words: &[7, 10],
        analysis_gas: 69_272,
        init_cost: 72,
        cached_cost: 23,
        asm_estimate: 516_574,
        footprint: 1,
        call_gas: 9_279,
    },
    Figures {
        text: D,
        wasm_len: 266,
        operators: &[33, 33, 104, 125],
        frame_words: &[6, 6, 7, 10],
        analysis_gas: 130_928,
        init_cost: 77,
        cached_cost: 24,
        asm_estimate: 517_766,
        footprint: 2,
        call_gas: 9_285,
    },
];

#[test]
fn meters_add_as_many_operators_as_nitros_and_frames_have_its_sizes() {
    for figures in FIGURES {
        let wasm = wasm(figures.text);
        assert_eq!(wasm.len(), figures.wasm_len);
        let module = ParsedModule::parse(&wasm, &rules(40)).unwrap();
        let metered = meter(&module).unwrap();
        let operators: Vec<usize> = metered.functions().iter().map(|f| f.ops.len()).collect();
        let frames: Vec<u32> = metered.functions().iter().map(|f| f.frame_words).collect();
        assert_eq!(operators, figures.operators);
        assert_eq!(frames, figures.frame_words);
    }
}

#[test]
fn analysis_costs_and_predictions_are_nitros() {
    let params = StylusParams::genesis(40);
    for figures in FIGURES {
        let (activation, gas) = activated(&wasm(figures.text), 40);
        assert_eq!(gas, figures.analysis_gas);
        assert_eq!(activation.init_cost, figures.init_cost);
        assert_eq!(activation.cached_cost, figures.cached_cost);
        assert_eq!(activation.asm_estimate, figures.asm_estimate);
        assert_eq!(activation.footprint, figures.footprint);
        let record = activation.record(2, 1_700_000_000, false);
        let first_call = call_gas(&params, 40, &record, false, &OpenPages::default());
        assert_eq!(first_call, figures.call_gas);
    }
}

#[test]
fn data_and_element_segments_count_by_payload_and_by_section_bytes() {
    let data = |text: &str| {
        let wasm = wasm(text);
        let module = ParsedModule::parse(&wasm, &rules(40)).unwrap();
        let data = module
            .data
            .iter()
            .map(|s| (s.len, s.encoded_len))
            .collect::<Vec<_>>();
        (
            data,
            module
                .elements
                .iter()
                .map(|s| s.encoded_len)
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(data(B), (vec![], vec![]));
    assert_eq!(data(C), (vec![(11, 17)], vec![]));
    assert_eq!(data(D), (vec![], vec![8]));
}

#[test]
fn blocks_are_charged_nitros_ink() {
    let charges: [&[&[i64]]; 4] = [
        &[&[2_452]],
        &[&[6_251, 6_326, 2_452]],
        &[
            &[2_452, 3_460, 4_001, 2_451, 2_451, 2_526],
            &[6_251, 6_252, 6_326, 16_090, 6_251, 2_452],
        ],
        &[
            &[2_671],
            &[2_761],
            &[5_252, 2_451, 2_452, 2_451, 3_216, 2_451],
            &[18_390, 6_826, 3_449, 2_452, 2_452, 2_451],
        ],
    ];
    for (figures, expected) in FIGURES.iter().zip(charges) {
        let wasm = wasm(figures.text);
        let module = ParsedModule::parse(&wasm, &rules(40)).unwrap();
        let metered = meter(&module).unwrap();
        for (function, expected) in metered.functions().iter().zip(expected) {
            let mut charges = Vec::new();
            for pair in function.ops.windows(2) {
                // a charge is an added constant that is subtracted, unless it is the price of a byte
                if let (
                    wasmparser::Operator::I64Const { value },
                    wasmparser::Operator::I64Sub,
                    None,
                ) = (&pair[0].operator, &pair[1].operator, pair[0].encoding)
                {
                    charges.push(*value);
                }
            }
            assert_eq!(charges, *expected);
        }
    }
}

#[test]
fn an_activation_takes_all_gas_when_a_line_cannot_be_paid() {
    let wasm = wasm(C);
    let activate_with = |mut gas: u64| {
        let result = activate(&wasm, B256::ZERO, &rules(40), &mut gas);
        (result.map(|_| ()), gas)
    };
    assert_eq!(activate_with(69_272), (Ok(()), 0));
    assert_eq!(activate_with(69_271), (Err(ActivationError::OutOfGas), 0));
    assert_eq!(activate_with(0), (Err(ActivationError::OutOfGas), 0));
}

#[test]
fn metered_programs_are_valid_wasm() {
    for figures in FIGURES {
        let wasm = wasm(figures.text);
        let (module, metered) = accept::parse(&wasm, &rules(60)).unwrap();
        for stylus_version in [2, 3] {
            wasmparser::validate(&metered.to_wasm(&module, stylus_version)).unwrap();
        }
    }
}
