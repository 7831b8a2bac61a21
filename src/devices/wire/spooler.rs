//! The system's print queue, raw: CUPS by its own command, Windows by PowerShell and the spooler's functions.
//! One way: nobody says when anything is on paper.

use super::{Unwritten, Wire, WireError};
use crate::kernel::clock::steady_ms;
use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A queue by its name.
pub struct Spooler {
    name: String,
}

/// How often a running command is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// The name of the queue comes by a variable, the bytes on the standard input: neither is ever a command.
const RAW_ON_WINDOWS: &str = r#"$ErrorActionPreference = 'Stop'
Add-Type -TypeDefinition @'
using System; using System.Runtime.InteropServices;
public static class RawQueue {
  [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
  public class DocInfo { public string Name; public string Output; public string Type; }
  [DllImport("winspool.drv", CharSet = CharSet.Unicode, SetLastError = true)]
  static extern bool OpenPrinterW(string name, out IntPtr handle, IntPtr defaults);
  [DllImport("winspool.drv", CharSet = CharSet.Unicode, SetLastError = true)]
  static extern int StartDocPrinterW(IntPtr handle, int level, [In] DocInfo info);
  [DllImport("winspool.drv", SetLastError = true)] static extern bool StartPagePrinter(IntPtr handle);
  [DllImport("winspool.drv", SetLastError = true)]
  static extern bool WritePrinter(IntPtr handle, byte[] bytes, int count, out int written);
  [DllImport("winspool.drv", SetLastError = true)] static extern bool EndPagePrinter(IntPtr handle);
  [DllImport("winspool.drv", SetLastError = true)] static extern bool EndDocPrinter(IntPtr handle);
  [DllImport("winspool.drv", SetLastError = true)] static extern bool ClosePrinter(IntPtr handle);
  static void Must(bool done) { if (!done) throw new System.ComponentModel.Win32Exception(); }
  public static void Send(string name, byte[] bytes) {
    IntPtr handle; int written; Must(OpenPrinterW(name, out handle, IntPtr.Zero));
    try {
      Must(StartDocPrinterW(handle, 1, new DocInfo { Name = "Kontora", Type = "RAW" }) != 0);
      Must(StartPagePrinter(handle)); Must(WritePrinter(handle, bytes, bytes.Length, out written));
      Must(EndPagePrinter(handle)); Must(EndDocPrinter(handle));
    } finally { ClosePrinter(handle); }
  }
}
'@
$in = [Console]::OpenStandardInput(); $all = New-Object System.IO.MemoryStream; $in.CopyTo($all)
[RawQueue]::Send($env:KONTORA_PRINTER, $all.ToArray())"#;

fn command(windows: bool, name: &str) -> Command {
    let mut command = Command::new(if windows { "powershell" } else { "lp" });
    if windows {
        command.args(["-NoProfile", "-NonInteractive", "-Command", RAW_ON_WINDOWS]).env("KONTORA_PRINTER", name);
    } else {
        command.args(["-d", name, "-o", "raw", "-"]);
    }
    command
}

impl Spooler {
    /// A queue.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned() }
    }
}

fn ended(child: &mut Child, until_ms: u64) -> Result<(), WireError> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(_)) => return Err(WireError::NotFound),
            Ok(None) if steady_ms() < until_ms => std::thread::sleep(LOOK_EVERY),
            Ok(None) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(WireError::TimedOut);
            }
            Err(error) => return Err(error.into()),
        }
    }
}

impl Wire for Spooler {
    fn read(&mut self, _: u64) -> Result<Vec<u8>, WireError> {
        Ok(Vec::new())
    }

    fn write(&mut self, bytes: &[u8], wait_ms: u64) -> Result<(), Unwritten> {
        let until_ms = steady_ms().saturating_add(wait_ms);
        let none = |error: WireError| Unwritten { taken: 0, error };
        let mut child = command(cfg!(windows), &self.name)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| none(error.into()))?;
        if let Some(mut input) = child.stdin.take() {
            // The command reads everything before it hands anything over: nothing is taken until it has ended.
            let given = input.write_all(bytes);
            drop(input);
            if let Err(error) = given {
                let _ = child.kill();
                let _ = child.wait();
                return Err(none(error.into()));
            }
        }
        match ended(&mut child, until_ms) {
            Ok(()) => Ok(()),
            // Stopped in the middle: the queue may have it.
            Err(WireError::TimedOut) => Err(Unwritten { taken: bytes.len(), error: WireError::TimedOut }),
            Err(error) => Err(none(error)),
        }
    }

    fn answers(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::command;

    #[test]
    fn the_name_of_a_queue_is_never_a_command() {
        let name = "'; rm -rf \"x\"";
        let arguments = |command: &std::process::Command| {
            command.get_args().map(|one| one.to_string_lossy().into_owned()).collect::<Vec<String>>()
        };
        assert_eq!(arguments(&command(false, name)), ["-d", name, "-o", "raw", "-"]);
        assert!(arguments(&command(true, name)).iter().all(|one| !one.contains(name)));
    }
}
