//! The field of AES, GF(2^8) modulo x^8 + x^4 + x^3 + x + 1, and its subfield GF(2^4), at compile time.
//!
//! Every element is a pair over the subfield: `x = i ζ + j ζ'`, where `ζ'` is the conjugate of `ζ`, and `ζ + ζ' = 1`.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "it runs at compile time only, where an overflow fails the build"
)]

/// Multiplies two elements.
pub(super) const fn multiply(mut one: u8, mut other: u8) -> u8 {
    let mut product = 0;
    while other != 0 {
        if other & 1 == 1 {
            product ^= one;
        }
        let carry = one >> 7;
        one = (one << 1) ^ (carry * 0x1b);
        other >>= 1;
    }
    product
}

const fn power(base: u8, exponent: u32) -> u8 {
    let mut result = 1;
    let mut left = exponent;
    while left > 0 {
        result = multiply(result, base);
        left -= 1;
    }
    result
}

/// Returns the inverse of an element, and 0 for 0.
pub(super) const fn invert(element: u8) -> u8 {
    power(element, 254)
}

/// Returns the conjugate of an element over the subfield.
const fn conjugate(element: u8) -> u8 {
    power(element, 16)
}

/// The element 3 generates all of the field, so its power 17 generates the subfield.
const SUBFIELD_GENERATOR: u8 = power(3, 17);

/// The elements of the subfield by their numbers; the addition of two is the exclusive or of their numbers.
const SUBFIELD: [u8; 16] = {
    let mut elements = [0; 16];
    let mut number = 0;
    while number != 16 {
        let mut bit = 0;
        while bit != 4 {
            if number >> bit & 1 == 1 {
                elements[number] ^= power(SUBFIELD_GENERATOR, bit);
            }
            bit += 1;
        }
        number += 1;
    }
    elements
};

/// Returns the element of the subfield with a number below 16.
pub(super) const fn element_of(number: u8) -> u8 {
    SUBFIELD[number as usize]
}

/// Returns the number of an element of the subfield.
pub(super) const fn number_of(element: u8) -> u8 {
    let mut number = 0;
    while SUBFIELD[number as usize] != element {
        number += 1;
    }
    number
}

/// `ζ`, the first element whose sum with its conjugate is 1.
pub(super) const ZETA: u8 = {
    let mut element = 0;
    while element ^ conjugate(element) != 1 {
        element += 1;
    }
    element
};

/// `ζ'`.
pub(super) const ZETA_CONJUGATE: u8 = conjugate(ZETA);

/// `1 / (ζ ζ')`, an element of the subfield.
pub(super) const SCALE: u8 = invert(multiply(ZETA, ZETA_CONJUGATE));

/// Splits an element into the numbers of `i` (high half of the byte) and of `k = i + j` (low half). It is linear.
pub(super) const fn split(element: u8) -> u8 {
    let k = element ^ conjugate(element);
    let i = element ^ multiply(k, ZETA_CONJUGATE);
    16 * number_of(i) + number_of(k)
}
