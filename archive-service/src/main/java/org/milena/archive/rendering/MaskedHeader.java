package org.milena.archive.rendering;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.AddressMask;
import org.milena.archive.rewriting.Octets;
import org.milena.common.header.EncodedWords;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.ParameterizedHeader;

/** Fields of a header without addresses. */
final class MaskedHeader {
  private static final List<String> IDS =
      List.of("Message-ID", "References", "In-Reply-To", "Content-ID", "Resent-Message-ID");
  private static final Pattern ID = Pattern.compile("<[^<>]{1,2000}>");

  /** The field, line end included; the same octets where it holds no address. */
  static byte[] field(HeaderField field) {
    byte[] octets = field.toByteArray();
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    if (IDS.stream().anyMatch(field::isNamed)) {
      return masksOutside(text).getBytes(StandardCharsets.ISO_8859_1);
    }
    if (text.indexOf('@') < 0 && !text.contains("=?") && !text.contains("%40")) {
      return octets;
    }
    if (field.isNamed("Content-Type")) {
      return aroundBoundary(field, text);
    }
    byte[] masked = masked(octets);
    HeaderField read = HeaderBlock.of(masked, masked.length).first(field.name()).orElse(null);
    if (read == null) {
      return masked;
    }
    String decoded = read.decoded();
    String hidden = AddressMask.ascii(decoded);
    if (hidden.equals(decoded)) {
      return masked;
    }
    // it was inside encoded words: the field is written anew
    String end = text.endsWith("\r\n") ? "\r\n" : text.endsWith("\n") ? "\n" : "";
    return (field.name() + ": " + EncodedWords.encode(hidden) + end)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Octets as they are but for addresses; null where there is none. They are changed. */
  static @Nullable Octets line(byte[] octets) {
    return MaskedContent.line(octets);
  }

  private static byte[] masked(byte[] octets) {
    Octets masked = line(octets.clone());
    return masked == null ? octets : masked.toByteArray();
  }

  /** The boundary stands in the body too. */
  private static byte[] aroundBoundary(HeaderField field, String text) {
    String boundary = ParameterizedHeader.parse(field.value()).parameter("boundary").orElse("");
    int at = boundary.isEmpty() ? -1 : text.indexOf(boundary);
    int kept = at < 0 ? 0 : at;
    int end = at < 0 ? 0 : at + boundary.length();
    byte[] all = text.getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream masked = new ByteArrayOutputStream(all.length);
    masked.writeBytes(masked(Arrays.copyOf(all, kept)));
    masked.write(all, kept, end - kept);
    masked.writeBytes(masked(Arrays.copyOfRange(all, end, all.length)));
    return masked.toByteArray();
  }

  private static String masksOutside(String text) {
    StringBuilder masked = new StringBuilder(text.length());
    Matcher ids = ID.matcher(text);
    int done = 0;
    while (ids.find()) {
      masked.append(AddressMask.ascii(text.substring(done, ids.start()))).append(ids.group());
      done = ids.end();
    }
    String rest = text.substring(done);
    // an id without brackets is still one
    return masked.append(done == 0 ? rest : AddressMask.ascii(rest)).toString();
  }

  private MaskedHeader() {}
}
