//! Codes well and badly wrapped.

use alloy_primitives::Address;
use proptest::prelude::*;

use super::{CodeKind, FormatError, RootProgram, unwrap_classic, wrap_classic};
use crate::stylus::{
    params::StylusParams,
    testing::{A, wasm},
};

fn params() -> StylusParams {
    StylusParams::genesis(60)
}

fn root(dictionary: u8, len: u32, addresses: &[u8]) -> Vec<u8> {
    [
        &[0xef, 0xf0, 2, dictionary],
        len.to_be_bytes().as_slice(),
        addresses,
    ]
    .concat()
}

fn fragments(stream: &[u8], count: usize) -> Vec<Vec<u8>> {
    let each = stream.len().div_ceil(count);
    stream
        .chunks(each)
        .map(|slice| [&[0xef, 0xf0, 1], slice].concat())
        .collect()
}

#[test]
fn kinds_are_told_by_prefix_and_arbos_version() {
    let cases: [(&[u8], Option<CodeKind>, Option<CodeKind>); 7] = [
        (
            &[0xef, 0xf0, 0, 0],
            Some(CodeKind::Classic),
            Some(CodeKind::Classic),
        ),
        (&[0xef, 0xf0, 0], None, None),
        (&[0xef, 0xf0, 1], None, Some(CodeKind::Fragment)),
        (&[0xef, 0xf0, 2], None, Some(CodeKind::Root)),
        (&[0xef, 0xf0, 3, 0], None, None),
        (&[0xef, 0x01, 0, 0], None, None),
        (&[], None, None),
    ];
    for (code, at_51, at_60) in cases {
        assert_eq!(CodeKind::of(code, 51), at_51, "{code:x?}");
        assert_eq!(CodeKind::of(code, 60), at_60, "{code:x?}");
    }
    assert!(!CodeKind::Fragment.is_executable());
}

#[test]
fn a_wrapped_program_unwraps_to_itself() {
    let wasm = wasm(A);
    assert_eq!(unwrap_classic(&wrap_classic(&wasm), &params()), Ok(wasm));
}

#[test]
fn bad_classic_codes_have_their_errors() {
    let code = wrap_classic(&[7; 1_000]);
    let mut dictionary = code.clone();
    dictionary[3] = 2;
    assert_eq!(
        unwrap_classic(&dictionary, &params()),
        Err(FormatError::UnsupportedDictionary(2))
    );
    assert_eq!(
        unwrap_classic(&[0x60], &params()),
        Err(FormatError::NotAProgram)
    );
    let garbage = [&code[..4], &[0xff; 40]].concat();
    assert!(matches!(
        unwrap_classic(&garbage, &params()),
        Err(FormatError::Brotli(_))
    ));
    let cut = &code[..code.len() - 1];
    assert!(matches!(
        unwrap_classic(cut, &params()),
        Err(FormatError::Brotli(_))
    ));
    let exact = StylusParams {
        max_wasm_size: 1_000,
        ..params()
    };
    assert_eq!(
        unwrap_classic(&code, &exact).map(|wasm| wasm.len()),
        Ok(1_000)
    );
    let small = StylusParams {
        max_wasm_size: 999,
        ..params()
    };
    assert_eq!(
        unwrap_classic(&code, &small),
        Err(FormatError::TooLarge(999))
    );
}

#[test]
fn a_small_stream_of_many_bytes_stops_at_the_cap() {
    let bomb = wrap_classic(&vec![0; 64 << 20]);
    assert!(bomb.len() < 1_000);
    assert_eq!(
        unwrap_classic(&bomb, &params()),
        Err(FormatError::TooLarge(262_144))
    );
}

#[test]
fn a_root_is_put_together_from_its_fragments_in_order() {
    let wasm = wasm(A);
    let stream = &wrap_classic(&wasm)[4..];
    for count in 1..=4 {
        let addresses: Vec<u8> = (0..count as u8).flat_map(|at| [at; 20]).collect();
        let code = root(0, wasm.len() as u32, &addresses);
        let root = RootProgram::parse(&code, &params()).unwrap();
        let named: Vec<Address> = (0..count as u8).map(Address::repeat_byte).collect();
        assert_eq!(root.fragments, named);
        let mut codes = fragments(stream, count);
        assert_eq!(root.unwrap(&codes), Ok(wasm.clone()));
        codes.reverse();
        assert_eq!(
            root.unwrap(&codes) == Ok(wasm.clone()),
            count == 1,
            "order matters"
        );
    }
}

#[test]
fn bad_roots_have_their_errors() {
    let parse = |code: &[u8]| RootProgram::parse(code, &params());
    assert_eq!(
        parse(&[0xef, 0xf0, 0, 0, 0, 0, 0, 0, 0]),
        Err(FormatError::NotAProgram)
    );
    assert_eq!(
        parse(&[0xef, 0xf0, 2, 0, 0]),
        Err(FormatError::MalformedRoot(5))
    );
    assert_eq!(
        parse(&root(0, 9, &[1; 21])),
        Err(FormatError::MalformedRoot(29))
    );
    assert_eq!(parse(&root(0, 9, &[])), Err(FormatError::NoFragments));
    assert_eq!(
        parse(&root(0, 9, &[1; 100])),
        Err(FormatError::TooManyFragments { count: 5, limit: 4 })
    );
    assert_eq!(
        parse(&root(0, 262_145, &[1; 20])),
        Err(FormatError::AnnouncedTooLarge {
            len: 262_145,
            limit: 262_144
        })
    );
}

#[test]
fn fragments_must_be_fragments_and_give_what_the_root_announces() {
    let stream = &wrap_classic(&[7; 100])[4..];
    let codes = fragments(stream, 1);
    let unwrap = |dictionary, len, codes: &[Vec<u8>]| {
        RootProgram::parse(&root(dictionary, len, &[1; 20]), &params())
            .unwrap()
            .unwrap(codes)
    };
    assert_eq!(unwrap(0, 100, &codes), Ok(vec![7; 100]));
    assert_eq!(
        unwrap(0, 101, &codes),
        Err(FormatError::WrongLength {
            announced: 101,
            actual: 100
        })
    );
    assert_eq!(unwrap(0, 99, &codes), Err(FormatError::TooLarge(99)));
    assert_eq!(
        unwrap(9, 100, &codes),
        Err(FormatError::UnsupportedDictionary(9))
    );
    assert_eq!(unwrap(0, 100, &[vec![]]), Err(FormatError::NotAFragment(0)));
    let whole = vec![codes[0].clone(), wrap_classic(&[1])];
    assert_eq!(unwrap(0, 100, &whole), Err(FormatError::NotAFragment(1)));
}

proptest! {
    #[test]
    fn no_code_panics(mut code in prop::collection::vec(any::<u8>(), 0..200), kind in 0..3_u8) {
        let prefix = [0xef, 0xf0, kind];
        for (byte, value) in code.iter_mut().zip(prefix) {
            *byte = value;
        }
        let _ = unwrap_classic(&code, &params());
        if let Ok(root) = RootProgram::parse(&code, &params()) {
            let _ = root.unwrap(&[code]);
        }
    }
}
