//! Folders of other computers: a base in a file must not lie there.
//!
//! SQLite relies on the locks of the file system, and those of network folders are known to let two computers
//! write at once, which destroys the file. People try it all the same, so it is refused before it is opened.

use std::path::{Component, Path, PathBuf, Prefix};

/// Kinds of file systems that lie on other computers.
const REMOTE: &[&str] = &[
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "ncpfs",
    "afs",
    "ceph",
    "davfs",
    "fuse.sshfs",
    "fuse.davfs2",
    "glusterfs",
    "fuse.glusterfs",
    "fuse.gvfsd-fuse",
    "fuse.smbnetfs",
    "fuse.rclone",
    "lustre",
];

/// True when a file at this path is, or would be, on another computer.
pub fn is_remote(path: &Path) -> bool {
    // The file itself may not be there yet; links and mapped drives are followed.
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let known = full.ancestors().find_map(|part| part.canonicalize().ok()).unwrap_or(full);
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    is_share(&known) || file_system(&mounts, &known).is_some_and(|kind| REMOTE.contains(&kind))
}

/// `\\server\share` of Windows, to which a mapped drive leads as well.
fn is_share(path: &Path) -> bool {
    match path.components().next() {
        Some(Component::Prefix(prefix)) => matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..)),
        _ => false,
    }
}

/// The kind of the file system under a path, from the list of mounts of Linux.
fn file_system<'a>(mounts: &'a str, path: &Path) -> Option<&'a str> {
    let mut found: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let (Some(place), Some((_, rest))) = (line.split(' ').nth(4), line.split_once(" - ")) else { continue };
        let place = plain(place);
        // The longest place wins, and of two on the same place the later one, which covers the other.
        let length = place.components().count();
        if path.starts_with(&place) && found.is_none_or(|(known, _)| known <= length) {
            found = rest.split(' ').next().map(|kind| (length, kind));
        }
    }
    found.map(|(_, kind)| kind)
}

/// A place of the list of mounts, where blanks and the like are written as `\040`.
fn plain(place: &str) -> PathBuf {
    let mut parts = place.split('\\');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match part.get(..3).and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend(part.get(3..).unwrap_or_default().as_bytes());
            }
            None => {
                bytes.push(b'\\');
                bytes.extend(part.as_bytes());
            }
        }
    }
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::{file_system, is_remote};
    use std::path::Path;

    const MOUNTS: &str = "22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw\n\
        30 22 0:40 / /shares/office\\040files rw shared:9 - cifs //server/share rw\n\
        31 30 254:2 / /shares/office\\040files/local rw - xfs /dev/vdb rw\n\
        32 22 0:41 / /people rw,nosuid master:3 propagate_from:2 - nfs4 nas:/people rw\n";

    #[test]
    fn a_network_folder_is_told_from_a_disk() {
        let kind = |path: &str| file_system(MOUNTS, Path::new(path));
        assert_eq!(kind("/srv/base.kontora"), Some("ext4"));
        assert_eq!(kind("/shares/office files/base.kontora"), Some("cifs"));
        assert_eq!(kind("/shares/office files/local/base.kontora"), Some("xfs"));
        assert_eq!(kind("/people/anna/base.kontora"), Some("nfs4"));
        assert_eq!(kind("/peoples/base.kontora"), Some("ext4"));
        assert_eq!(file_system("", Path::new("/srv")), None);
    }

    #[test]
    fn a_scratch_folder_is_on_this_computer() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_remote(&folder.path().join("new").join("base.kontora")));
    }
}
