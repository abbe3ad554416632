//! Descriptions made of bytes, the same in every run; `fuzz` goes on from there.

mod choices;
mod properties;

/// How many there are.
const DESCRIPTIONS: usize = 400;

#[test]
fn each_is_refused_or_generated() {
    // A small linear congruential generator.
    let mut state = 7_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let folder = tempfile::tempdir().expect("a folder");
    let (mut generated, mut refused) = (0, 0);
    for _ in 0..DESCRIPTIONS {
        let length = next();
        let mut input: Vec<u8> = (0..length).map(|_| next()).collect();
        // Some of it what is simplest, so that not all have a mistake somewhere.
        for byte in input.iter_mut().skip(6).step_by(3) {
            *byte = 0;
        }
        let files = choices::description(&input);
        properties::check(&files, folder.path());
        match vmomi_codegen::Builder::new().wsdl(folder.path()).model() {
            Ok(_) => generated += 1,
            Err(_) => refused += 1,
        }
    }
    assert!(
        generated > 20 && refused > 100,
        "{generated} generated, {refused} refused"
    );
}

#[test]
fn nothing_is_a_description() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = choices::description(&[]);
    properties::check(&files, folder.path());
    let model = vmomi_codegen::Builder::new().wsdl(folder.path()).model();
    let model = model.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((model.data_objects.len(), model.services.len()), (3, 1));
}
