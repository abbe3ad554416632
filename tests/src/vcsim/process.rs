//! The server's process: what it prints, and its end.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::VcsimError;
use super::program::Program;

/// How much of standard error is kept.
const LOG_LIMIT: usize = 64 * 1024;

/// How long a server that was told to end may take before it is killed.
const END_TIMEOUT: Duration = Duration::from_secs(10);

/// Runs a program that does not watch its standard input: waits for the input's end, then ends the
/// program. The input is a pipe from the test's process, so it ends with that, however it dies.
///
/// The shell gives up its own outputs, so that those end with the program, and ignores the
/// terminal's interrupt, which would end the watch before the program. The program has the pipe
/// too, for a program that does watch its input would end at once on an empty one.
const WATCH: &str = r#"
trap '' INT
exec 3<&0
"$0" "$@" <&3 &
program=$!
exec >&- 2>&-
cat >/dev/null
kill "$program"
wait "$program"
"#;

#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    program: PathBuf,
    lines: Receiver<String>,
    log: Arc<Mutex<Vec<u8>>>,
    /// Carries nothing; it closes when standard error has been read to its end.
    log_complete: Receiver<()>,
}

impl Process {
    pub(super) fn start(program: &Program, arguments: &[String]) -> Result<Self, VcsimError> {
        let mut command = match program {
            Program::Own(path) => Command::new(path),
            Program::Foreign(path) => {
                let mut shell = Command::new("sh");
                shell.args(["-c", WATCH]).arg(path);
                shell
            }
        };
        let mut child = command
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|source| VcsimError::NotStarted {
                program: program.path().to_owned(),
                source,
            })?;

        // Both outputs are read to their end, or the server would block once a pipe is full.
        let (sender, lines) = channel();
        if let Some(stdout) = child.stdout.take() {
            thread::spawn(move || {
                for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                    // Nobody listens any more once the server is ready.
                    let _ = sender.send(line);
                }
            });
        }
        let log = Arc::default();
        let (log_open, log_complete) = channel();
        if let Some(stderr) = child.stderr.take() {
            let log = Arc::clone(&log);
            thread::spawn(move || {
                keep_last(stderr, &log);
                drop(log_open);
            });
        }
        Ok(Self {
            child,
            program: program.path().to_owned(),
            lines,
            log,
            log_complete,
        })
    }

    /// Waits for the first printed line in which `wanted` finds something.
    pub(super) fn wait_for_line<T>(
        &mut self,
        timeout: Duration,
        wanted: impl Fn(&str) -> Option<T>,
    ) -> Result<T, VcsimError> {
        let deadline = Instant::now() + timeout;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) => {
                    if let Some(found) = wanted(&line) {
                        return Ok(found);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    return Err(VcsimError::TimedOut {
                        program: self.program.clone(),
                        timeout,
                        log: self.log(),
                    });
                }
                Err(RecvTimeoutError::Disconnected) => {
                    let status = self.end().map_err(|source| VcsimError::NotStarted {
                        program: self.program.clone(),
                        source,
                    })?;
                    // What it wrote last may still be on its way.
                    let _ = self.log_complete.recv_timeout(END_TIMEOUT);
                    return Err(VcsimError::Ended {
                        program: self.program.clone(),
                        status,
                        log: self.log(),
                    });
                }
            }
        }
    }

    pub(super) fn log(&self) -> String {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&log).into_owned()
    }

    /// Asks the server to end, which lets it remove its files; kills it if it does not.
    fn end(&mut self) -> std::io::Result<ExitStatus> {
        drop(self.child.stdin.take());
        let deadline = Instant::now() + END_TIMEOUT;
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            thread::sleep(Duration::from_millis(5));
        }
        self.child.kill()?;
        self.child.wait()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // There is nobody left to tell; the operating system ends the process with ours.
        let _ = self.end();
    }
}

/// Reads to the end and keeps the last part of what came.
fn keep_last(mut source: impl Read, kept: &Mutex<Vec<u8>>) {
    let mut chunk = [0; 4096];
    while let Ok(count @ 1..) = source.read(&mut chunk) {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend_from_slice(&chunk[..count]);
        let excess = kept.len().saturating_sub(LOG_LIMIT);
        kept.drain(..excess);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_the_log_is_kept() {
        let text: Vec<u8> = (0..LOG_LIMIT + 10)
            .map(|index| (index % 251) as u8)
            .collect();
        let kept = Mutex::default();
        keep_last(text.as_slice(), &kept);
        assert_eq!(*kept.lock().unwrap(), text[10..]);
    }

    /// A stand-in for a program that knows nothing of tests.
    fn foreign(script: &str) -> Process {
        let arguments = ["-c", script].map(str::to_owned);
        Process::start(&Program::Foreign("sh".into()), &arguments).unwrap()
    }

    fn runs(process_id: &str) -> bool {
        let kill = Command::new("kill").args(["-0", process_id]).output();
        kill.unwrap().status.success()
    }

    #[test]
    fn a_program_that_does_not_watch_its_input_ends_all_the_same() {
        let mut process = foreign("echo $$; exec sleep 600");
        let id = process
            .wait_for_line(Duration::from_secs(10), |line| Some(line.to_owned()))
            .unwrap();
        assert!(runs(&id));
        drop(process);
        assert!(!runs(&id));
    }

    #[test]
    fn a_program_that_ends_is_reported_with_what_it_wrote() {
        let mut process = foreign("echo no such flag >&2; exit 3");
        let error = process
            .wait_for_line(Duration::from_secs(10), |_| None::<()>)
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "sh ended with exit status: 3 before it was ready; it wrote:\nno such flag\n"
        );
    }

    #[test]
    fn a_program_that_is_not_there_is_reported() {
        let program = Program::Foreign("/nonexistent/vcsim".into());
        let mut process = Process::start(&program, &[]).unwrap();
        let error = process
            .wait_for_line(Duration::from_secs(10), |_| None::<()>)
            .unwrap_err();
        assert!(error.to_string().contains("not found"), "{error}");
    }

    #[test]
    fn a_program_that_says_nothing_is_not_waited_for_longer_than_asked() {
        let mut process = foreign("echo hello; exec sleep 600");
        let error = process
            .wait_for_line(Duration::from_millis(50), |_| None::<()>)
            .unwrap_err();
        assert!(matches!(error, VcsimError::TimedOut { .. }), "{error}");
    }
}
