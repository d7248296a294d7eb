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
  private static final Pattern COMMENT = Pattern.compile("\\([^()]{0,2000}\\)");
  private static final Pattern BARE = Pattern.compile("\\s*\\S*\\s*");
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary\\s*\\*?\\s*=", Pattern.CASE_INSENSITIVE);
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_.+-]{1,100}");
  private static final Pattern TYPE = Pattern.compile("[a-z]+/[a-z0-9.+-]+");

  /** The field, line end included; the same octets where it holds no address. */
  static byte[] field(HeaderField field) {
    byte[] octets = field.toByteArray();
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    if (IDS.stream().anyMatch(field::isNamed) && holdsOnlyIds(text)) {
      return outsideIds(text).getBytes(StandardCharsets.ISO_8859_1);
    }
    if (text.indexOf('@') < 0 && !text.contains("=?") && !text.contains("%40")) {
      return octets;
    }
    if (field.isNamed("Content-Type")) {
      byte[] masked = aroundBoundary(field, text);
      return holdsInParameters(masked, "Content-Type") ? ofTypeOnly(field, text) : masked;
    }
    byte[] masked = masked(octets);
    if (field.isNamed("Content-Disposition") && holdsInParameters(masked, "Content-Disposition")) {
      String disposition = ParameterizedHeader.parse(field.value()).value();
      String known = TOKEN.matcher(disposition).matches() ? disposition : "attachment";
      return ("Content-Disposition: " + known + lineEnd(text)).getBytes(StandardCharsets.US_ASCII);
    }
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
    return (field.name() + ": " + EncodedWords.encode(hidden) + lineEnd(text))
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
    int at = boundary.isEmpty() ? -1 : startOf(boundary, text);
    int kept = at < 0 ? 0 : at;
    int end = at < 0 ? 0 : at + boundary.length();
    byte[] all = text.getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream masked = new ByteArrayOutputStream(all.length);
    masked.writeBytes(masked(Arrays.copyOf(all, kept)));
    masked.write(all, kept, end - kept);
    masked.writeBytes(masked(Arrays.copyOfRange(all, end, all.length)));
    return masked.toByteArray();
  }

  /** Behind the last name of it that it follows; -1 where it is written in another way. */
  private static int startOf(String boundary, String text) {
    Matcher named = BOUNDARY.matcher(text);
    int at = -1;
    while (named.find()) {
      int value = named.end();
      while (value < text.length() && " \t\r\n\"".indexOf(text.charAt(value)) >= 0) {
        value++;
      }
      at = text.startsWith(boundary, value) ? value : at;
    }
    return at;
  }

  /** Whether an address is in pieces, or in encoded words. */
  private static boolean holdsInParameters(byte[] field, String name) {
    HeaderField read = HeaderBlock.of(field, field.length).first(name).orElse(null);
    if (read == null) {
      return false;
    }
    ParameterizedHeader type = ParameterizedHeader.parse(read.value());
    boolean inOne =
        type.parameters().entrySet().stream()
            .anyMatch(one -> !one.getKey().equals("boundary") && holds(one.getValue()));
    String boundary = type.parameter("boundary").orElse("");
    return inOne
        || holds(boundary.isEmpty() ? read.decoded() : read.decoded().replace(boundary, " "));
  }

  private static boolean holds(String text) {
    return !AddressMask.ascii(text).equals(text);
  }

  /** What is needed to read the part; whoever sees no address needs no name of a file. */
  private static byte[] ofTypeOnly(HeaderField field, String text) {
    ParameterizedHeader type = ParameterizedHeader.parse(field.value());
    StringBuilder anew = new StringBuilder("Content-Type: ");
    anew.append(TYPE.matcher(type.value()).matches() ? type.value() : "text/plain");
    for (String name : List.of("charset", "format", "delsp")) {
      type.parameter(name)
          .filter(value -> TOKEN.matcher(value).matches())
          .ifPresent(value -> anew.append("; ").append(name).append('=').append(value));
    }
    type.parameter("boundary")
        .ifPresent(value ->
            anew.append("; boundary=\"")
                .append(value.replaceAll("[\\\\\"]", "\\\\$0"))
                .append('"'));
    return anew.append(lineEnd(text)).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String lineEnd(String text) {
    return text.endsWith("\r\n") ? "\r\n" : text.endsWith("\n") ? "\n" : "";
  }

  /**
   * Whether nothing else is in the field: beside words ({@code Message from Alice <...>}, RFC 822
   * section 4.6.2) what looks like an id may be an address. One id may lack its brackets.
   */
  private static boolean holdsOnlyIds(String text) {
    String value = text.substring(text.indexOf(':') + 1);
    if (value.contains("=?")) {
      return false;
    }
    Matcher ids = ID.matcher(value);
    if (!ids.find()) {
      return BARE.matcher(value).matches();
    }
    String rest = COMMENT.matcher(ids.replaceAll(" ")).replaceAll(" ");
    return rest.replace(',', ' ').isBlank();
  }

  /** Comments may hold one. */
  private static String outsideIds(String text) {
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
