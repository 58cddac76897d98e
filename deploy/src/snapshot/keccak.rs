//! Keccak-256 of many short messages of one length, four at a time where the processor can (AVX2).
//! Why: a tree over a million leaves is two million hashes; one at a time is three times as slow.
//! Always holds: the same digests as `alloy_primitives::keccak256`, message by message (tested).

use alloy::primitives::{B256, keccak256};

/// Hashes each message. `LEN` is a multiple of 8 below Keccak-256's rate of 136, so a message is one block.
pub(super) fn hash_each<const LEN: usize>(messages: &[[u8; LEN]], digests: &mut [B256]) {
    const { assert!(LEN.is_multiple_of(8) && LEN < 136) };
    debug_assert_eq!(messages.len(), digests.len());
    #[cfg(target_arch = "x86_64")]
    if std::is_x86_feature_detected!("avx2") {
        let (fours, rest) = messages.as_chunks::<4>();
        let (fours_out, rest_out) = digests.as_chunks_mut::<4>();
        for (four, out) in fours.iter().zip(fours_out) {
            // SAFETY: the processor has AVX2, asked one line above.
            unsafe { avx2::hash_four(four, out) };
        }
        return hash_one_by_one(rest, rest_out);
    }
    hash_one_by_one(messages, digests);
}

fn hash_one_by_one<const LEN: usize>(messages: &[[u8; LEN]], digests: &mut [B256]) {
    for (message, digest) in messages.iter().zip(digests) {
        *digest = keccak256(message);
    }
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::{
        __m256i, _mm256_andnot_si256, _mm256_extract_epi64, _mm256_or_si256, _mm256_set_epi64x,
        _mm256_set1_epi64x, _mm256_setzero_si256, _mm256_slli_epi64, _mm256_srli_epi64,
        _mm256_xor_si256,
    };

    use alloy::primitives::B256;

    /// FIPS 202, section 3.2.5.
    const ROUND_CONSTANTS: [u64; 24] = [
        0x0000_0000_0000_0001,
        0x0000_0000_0000_8082,
        0x8000_0000_0000_808a,
        0x8000_0000_8000_8000,
        0x0000_0000_0000_808b,
        0x0000_0000_8000_0001,
        0x8000_0000_8000_8081,
        0x8000_0000_0000_8009,
        0x0000_0000_0000_008a,
        0x0000_0000_0000_0088,
        0x0000_0000_8000_8009,
        0x0000_0000_8000_000a,
        0x0000_0000_8000_808b,
        0x8000_0000_0000_008b,
        0x8000_0000_0000_8089,
        0x8000_0000_0000_8003,
        0x8000_0000_0000_8002,
        0x8000_0000_0000_0080,
        0x0000_0000_0000_800a,
        0x8000_0000_8000_000a,
        0x8000_0000_8000_8081,
        0x8000_0000_0000_8080,
        0x0000_0000_8000_0001,
        0x8000_0000_8000_8008,
    ];

    /// `hash_each` for exactly four messages, one per 64-bit lane of the vector registers.
    #[target_feature(enable = "avx2")]
    pub(super) fn hash_four<const LEN: usize>(messages: &[[u8; LEN]; 4], digests: &mut [B256; 4]) {
        let word = |lane: usize, index: usize| {
            let (words, _) = messages[lane].as_chunks::<8>();
            i64::from_le_bytes(words[index])
        };
        let mut state = [_mm256_setzero_si256(); 25];
        for (index, lanes) in state.iter_mut().take(LEN / 8).enumerate() {
            *lanes = _mm256_set_epi64x(
                word(3, index),
                word(2, index),
                word(1, index),
                word(0, index),
            );
        }
        // Keccak's padding: a 1 bit after the message, a 1 bit at the end of the block.
        state[LEN / 8] = _mm256_xor_si256(state[LEN / 8], _mm256_set1_epi64x(1));
        state[16] = _mm256_xor_si256(state[16], _mm256_set1_epi64x(i64::MIN));

        permute(&mut state);

        for (index, lanes) in state.into_iter().take(4).enumerate() {
            let at = index * 8..index * 8 + 8;
            digests[0][at.clone()].copy_from_slice(&_mm256_extract_epi64::<0>(lanes).to_le_bytes());
            digests[1][at.clone()].copy_from_slice(&_mm256_extract_epi64::<1>(lanes).to_le_bytes());
            digests[2][at.clone()].copy_from_slice(&_mm256_extract_epi64::<2>(lanes).to_le_bytes());
            digests[3][at].copy_from_slice(&_mm256_extract_epi64::<3>(lanes).to_le_bytes());
        }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn rotate<const LEFT: i32, const RIGHT: i32>(lanes: __m256i) -> __m256i {
        _mm256_or_si256(
            _mm256_slli_epi64::<LEFT>(lanes),
            _mm256_srli_epi64::<RIGHT>(lanes),
        )
    }

    /// Keccak-f[1600] on four states at once; lane (x, y) of FIPS 202 is element `x + 5 * y`.
    #[target_feature(enable = "avx2")]
    fn permute(a: &mut [__m256i; 25]) {
        for constant in ROUND_CONSTANTS {
            // theta
            let mut c = [_mm256_setzero_si256(); 5];
            for x in 0..5 {
                c[x] = _mm256_xor_si256(
                    _mm256_xor_si256(
                        _mm256_xor_si256(a[x], a[x + 5]),
                        _mm256_xor_si256(a[x + 10], a[x + 15]),
                    ),
                    a[x + 20],
                );
            }
            let mut d = [_mm256_setzero_si256(); 5];
            for x in 0..5 {
                d[x] = _mm256_xor_si256(c[(x + 4) % 5], rotate::<1, 63>(c[(x + 1) % 5]));
            }
            // rho and pi, theta's second half folded in: lane x + 5y moves to y + 5(2x + 3y)
            macro_rules! moved {
                ($from:literal, $by:literal) => {
                    rotate::<$by, { 64 - $by }>(_mm256_xor_si256(a[$from], d[$from % 5]))
                };
            }
            let b = [
                _mm256_xor_si256(a[0], d[0]),
                moved!(6, 44),
                moved!(12, 43),
                moved!(18, 21),
                moved!(24, 14),
                moved!(3, 28),
                moved!(9, 20),
                moved!(10, 3),
                moved!(16, 45),
                moved!(22, 61),
                moved!(1, 1),
                moved!(7, 6),
                moved!(13, 25),
                moved!(19, 8),
                moved!(20, 18),
                moved!(4, 27),
                moved!(5, 36),
                moved!(11, 10),
                moved!(17, 15),
                moved!(23, 56),
                moved!(2, 62),
                moved!(8, 55),
                moved!(14, 39),
                moved!(15, 41),
                moved!(21, 2),
            ];
            // chi and iota
            for y in (0..25).step_by(5) {
                for x in 0..5 {
                    let other = _mm256_andnot_si256(b[y + (x + 1) % 5], b[y + (x + 2) % 5]);
                    a[y + x] = _mm256_xor_si256(b[y + x], other);
                }
            }
            a[0] = _mm256_xor_si256(a[0], _mm256_set1_epi64x(constant.cast_signed()));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn digests<const LEN: usize>(messages: &[[u8; LEN]]) -> Vec<B256> {
        let mut out = vec![B256::ZERO; messages.len()];
        hash_each(messages, &mut out);
        out
    }

    proptest! {
        #[test]
        fn digests_equal_the_reference_for_leaves_and_nodes(
            leaves in proptest::collection::vec(any::<[u8; 104]>(), 0..11),
            nodes in proptest::collection::vec(any::<[u8; 64]>(), 0..11),
            longest in any::<[[u8; 128]; 4]>(),
        ) {
            prop_assert_eq!(digests(&leaves), leaves.iter().map(keccak256).collect::<Vec<_>>());
            prop_assert_eq!(digests(&nodes), nodes.iter().map(keccak256).collect::<Vec<_>>());
            prop_assert_eq!(digests(&longest), longest.iter().map(keccak256).collect::<Vec<_>>());
        }
    }
}
