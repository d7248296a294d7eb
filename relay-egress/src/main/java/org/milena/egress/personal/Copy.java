package org.milena.egress.personal;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.milena.common.event.PersonalMark;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;

/**
 * What is the recipient's own.
 *
 * @param prefix header fields that stand before the message; may be empty
 * @param insertions what is put at each mark of the message; none at all where nothing is
 */
public record Copy(ReversePath reversePath, RawMessage prefix, List<RawMessage> insertions) {

  public Copy {
    insertions = List.copyOf(insertions);
  }

  /**
   * The message with what is put into it, without the prefix.
   *
   * @param marks those that the copy was made for
   */
  public RawMessage filled(RawMessage message, List<PersonalMark> marks) {
    if (insertions.isEmpty()) {
      return message;
    }
    byte[] octets = message.unsafeBytes();
    ByteArrayOutputStream copy = new ByteArrayOutputStream(octets.length + 1_000);
    int from = 0;
    for (int i = 0; i < insertions.size(); i++) {
      int at = marks.get(i).at();
      copy.write(octets, from, at - from);
      copy.writeBytes(insertions.get(i).unsafeBytes());
      from = at;
    }
    copy.write(octets, from, octets.length - from);
    return RawMessage.wrap(copy.toByteArray());
  }
}
