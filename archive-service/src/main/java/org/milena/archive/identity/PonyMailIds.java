package org.milena.archive.identity;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.MailDates;
import org.milena.common.mail.ListId;
import org.milena.common.mail.RawMessage;

/**
 * The ids that generators of Pony Mail give a message, without the list behind them.
 *
 * <p>{@code dkim} and {@code full} follow from the octets. {@code medium} and {@code cluster}
 * depend on what their program made of the body, so they are given for mails that are nothing but
 * plain text, where it can be known. The octets count as they are and with LF for CRLF, since Pony
 * Mail may have read the same mail from a mailbox.
 */
final class PonyMailIds {
  private static final String ALPHABET = "0123456789bcdfghjklmnopqrstvwxyz";
  private static final int DKIM_OCTETS = 20;
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final byte[] raw;
  private final byte[] lines;
  private final HeaderBlock header;
  private final List<String> lists;

  PonyMailIds(RawMessage message, HeaderBlock header, ListId list) {
    this.raw = message.unsafeBytes();
    this.lines = lf(raw);
    this.header = header;
    this.lists = LinkKeys.forms(list, header);
  }

  /** The octets with LF for CRLF; the same array where there is none. */
  static byte[] lf(byte[] bytes) {
    byte[] lines = new byte[bytes.length];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '\r' || i + 1 == bytes.length || bytes[i + 1] != '\n') {
        lines[length++] = bytes[i];
      }
    }
    return length == bytes.length ? bytes : Arrays.copyOf(lines, length);
  }

  Set<String> ids() {
    Set<String> ids = new LinkedHashSet<>();
    byte[] form = DkimForm.of(raw);
    List<String> keys = new ArrayList<>(lists);
    keys.add("");
    keys.forEach(list -> ids.add(dkim(form, list)));
    for (byte[] octets : octets()) {
      ids.add(Digests.hex("SHA-224", octets));
    }
    PlainBody.of(RawMessage.wrap(lines)).ifPresent(body -> ofBody(ids, body));
    return ids;
  }

  /** What a source is stored under. */
  List<String> sources() {
    return octets().stream().map(octets -> Digests.hex("SHA3-256", octets)).toList();
  }

  private List<byte[]> octets() {
    return raw.length == lines.length ? List.of(raw) : List.of(raw, lines);
  }

  /** Of the form that {@link DkimForm} makes. */
  static String dkim(byte[] form, String list) {
    byte[] mac = Digests.hmac(list.getBytes(StandardCharsets.UTF_8), form);
    return MailmanHash.base32(Arrays.copyOf(mac, DKIM_OCTETS), ALPHABET);
  }

  private void ofBody(Set<String> ids, String body) {
    Optional<Instant> date = header.first("Date").map(HeaderField::value).flatMap(MailDates::parse);
    date.ifPresent(instant -> {
      for (String list : lists) {
        ids.add(Digests.hex("SHA-224", utf8(body), utf8(list), utf8(SECONDS.format(instant))));
      }
    });
    String rest =
        field("Message-ID")
            + date.map(SECONDS::format).orElse("(null)")
            + field("From")
            + field("Subject");
    if (rest.chars().allMatch(c -> c < 0x80)) {
      ids.add("r" + Digests.hex("SHA-224", utf8(withoutEnd(body)), utf8(rest)));
    }
  }

  private static String withoutEnd(String body) {
    int end = body.length();
    while (end > 0 && (body.charAt(end - 1) == ' ' || isControlSpace(body.charAt(end - 1)))) {
      end--;
    }
    return body.substring(0, end);
  }

  private static boolean isControlSpace(char c) {
    return c >= '\t' && c <= '\r';
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The value with its folds, as Python's reader has it; empty without the field. */
  private String field(String name) {
    return header
        .first(name)
        .map(field -> new String(lf(field.toByteArray()), StandardCharsets.ISO_8859_1))
        .map(text -> text.substring(text.indexOf(':') + 1))
        .map(text -> text.replaceFirst("^[ \\t]+", "").replaceFirst("[\\r\\n]+$", ""))
        .orElse("");
  }
}
