//! Marking codes in the training registrar: it takes every code for well formed and asks no server.

use super::{PARAMETERS, Reader, Writer};
use crate::devices::proto::shtrih::tlv::{Tag, tag};

/// Codes of the receipt that is being made.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    checked: Option<(u8, Vec<u8>)>,
    accepted: Vec<(u8, Vec<u8>)>,
}

/// Result of a check that asked no server (tag 2106): checked by the memory, without the server.
const RESULT: u8 = 3;

impl Marks {
    /// `FF61`: the code is held until it is accepted.
    pub(super) fn check(&mut self, from: &mut Reader<'_>, to: &mut Writer) -> Result<(), u8> {
        let mut read = || {
            let (planned, _, length, tags) = (from.byte()?, from.byte()?, from.byte()?, from.byte()?);
            let code = from.take(usize::from(length))?.to_vec();
            from.take(usize::from(tags))?;
            (!code.is_empty()).then_some((planned, code))
        };
        self.checked = Some(read().ok_or(PARAMETERS)?);
        to.raw(&[RESULT, 0, 1, 0]);
        Ok(())
    }

    /// `FF69`: accepts or rejects the code checked last; 2 forgets all.
    pub(super) fn accept(&mut self, from: &mut Reader<'_>, to: &mut Writer) -> Result<(), u8> {
        match from.byte() {
            Some(0) => self.checked = None,
            Some(1) => self.accepted.push(self.checked.take().ok_or(PARAMETERS)?),
            Some(2) => *self = Self::default(),
            _ => return Err(PARAMETERS),
        }
        to.byte(RESULT);
        Ok(())
    }

    /// `FF67`: the tags of an item whose code was accepted.
    pub(super) fn bind(&mut self, from: &mut Reader<'_>, to: &mut Writer) -> Result<Vec<Tag>, u8> {
        let length = from.byte().ok_or(PARAMETERS)?;
        let code = from.take(usize::from(length)).ok_or(PARAMETERS)?;
        let at = self.accepted.iter().position(|(_, own)| own == code).ok_or(PARAMETERS)?;
        let (planned, code) = self.accepted.remove(at);
        to.number(0x444D, 2).byte(3);
        Ok(vec![
            Tag::raw(tag::MARKING_CODE, &code),
            Tag::byte(tag::PLANNED_STATUS, planned),
            Tag::byte(tag::CHECK_MODE, 0),
            Tag::byte(tag::CHECK_RESULT, RESULT),
        ])
    }
}
