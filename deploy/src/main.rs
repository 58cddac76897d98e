//! The `confluence` command: hands its arguments to the library and turns the outcome into an exit code.
//! Always holds: results go to stdout, all else to stderr; errors are rendered here and nowhere else.

use std::process::ExitCode;

use confluence::cli::{Cli, Exit};

fn main() -> ExitCode {
    let parsed = match Cli::configured() {
        Ok(parsed) => parsed,
        Err(error) => {
            render(eyre::Report::new(error));
            return Exit::Usage.into();
        }
    };
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            // `--help` and `--version` arrive here too; clap knows which stream each belongs to.
            let exit = if error.use_stderr() {
                Exit::Usage
            } else {
                Exit::Done
            };
            return match error.print() {
                Ok(()) => exit.into(),
                Err(_) => Exit::Failed.into(),
            };
        }
    };
    match cli.run() {
        Ok(exit) => exit.into(),
        Err(error) => {
            let exit = error.exit();
            render(eyre::Report::new(error));
            exit.into()
        }
    }
}

/// Prints an error with its causes, one a line, skipping a cause that the line above already says.
#[allow(clippy::needless_pass_by_value)] // the report ends here
fn render(report: eyre::Report) {
    let mut said = report.to_string();
    eprintln!("error: {said}");
    for cause in report.chain().skip(1) {
        let cause = cause.to_string();
        if !said.contains(&cause) {
            eprintln!("  because: {cause}");
        }
        said.push_str(&cause);
    }
}
