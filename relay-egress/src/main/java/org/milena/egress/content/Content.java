package org.milena.egress.content;

import java.util.List;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.PersonalMark;
import org.milena.common.failure.UnreadableRecordException;
import org.milena.common.mail.RawMessage;
import org.milena.egress.session.WireForm;

/**
 * A message to send.
 *
 * @param marks where each copy says something of its recipient
 * @param smtpUtf8 whether its header needs SMTPUTF8 (RFC 6531)
 */
public record Content(
    RawMessage message, List<PersonalMark> marks, WireForm form, boolean smtpUtf8) {

  public Content {
    marks = List.copyOf(marks);
  }

  /**
   * A message as it was stored.
   *
   * @throws UnreadableRecordException when its marks are not in order, or not where lines start
   */
  static Content of(RawMessage message, OutgoingMeta meta) {
    byte[] octets = message.unsafeBytes();
    int before = 0;
    for (PersonalMark mark : meta.marks()) {
      int at = mark.at();
      if (at < before || at > octets.length || (at > 0 && octets[at - 1] != '\n')) {
        throw new UnreadableRecordException("a mark that is at no start of a line: " + at);
      }
      before = at;
    }
    List<Integer> places = meta.marks().stream().map(PersonalMark::at).toList();
    return new Content(message, meta.marks(), WireForm.of(message, places), meta.body().smtpUtf8());
  }

  /** Octets it holds in memory. */
  long octets() {
    return message.size() + (form.heldOctets() == message.size() ? 0L : (long) form.heldOctets());
  }
}
