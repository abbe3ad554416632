#![allow(clippy::print_stdout, missing_docs)]
fn main() {
    let mut files = vec![];
    let mut cats = vec![];
    for a in std::env::args().skip(1) {
        if a.ends_with(".json") {
            cats.push(a.into())
        } else {
            files.push(a.into())
        }
    }
    let t = std::time::Instant::now();
    match vmomi_codegen::read(&files, &cats) {
        Ok(m) => {
            println!(
                "data {} enums {} arrays {} mo {} ops {} aside {} in {:?}",
                m.data_objects.len(),
                m.enumerations.len(),
                m.arrays.len(),
                m.managed_objects.len(),
                m.operations.len(),
                m.set_aside.len(),
                t.elapsed()
            );
            for s in m.set_aside.iter().take(10) {
                println!("  {} {}", s.what, s.reason);
            }
        }
        Err(e) => println!("{e}"),
    }
}
