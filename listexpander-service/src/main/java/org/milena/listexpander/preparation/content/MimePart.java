package org.milena.listexpander.preparation.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.header.ParameterizedHeader;

/** A message or a part of one, and where it lies in the octets (RFC 2046 section 5.1). */
final class MimePart {
  private static final Set<String> SEALED = Set.of("multipart/signed", "multipart/encrypted");

  /** Where the line of the delimiter before it begins; its own beginning if there is none. */
  final int delimiter;

  /** Where its header begins. */
  final int start;

  final HeaderBlock header;
  final int bodyStart;
  final ParameterizedHeader contentType;

  /** In lower case; what holds by default where there is none that can be read. */
  final String type;

  /** Parts of a multipart, or the one message of a message/rfc822. */
  final List<MimePart> children = new ArrayList<>();

  /** After its body; the line end before the next delimiter does not belong to it. */
  int end;

  /** Where the next delimiter of its container begins, or its container ends. */
  int next;

  MimePart(int delimiter, int start, HeaderBlock header, String defaultType) {
    this.delimiter = delimiter;
    this.start = start;
    this.header = header;
    this.bodyStart = start + header.bodyOffset();
    this.contentType =
        ParameterizedHeader.parse(header.first("Content-Type").map(HeaderField::value).orElse(""));
    String named = contentType.value().strip();
    this.type = named.indexOf('/') > 0 ? named.toLowerCase(Locale.ROOT) : defaultType;
  }

  boolean isMultipart() {
    return type.startsWith("multipart/");
  }

  /** Whether its parts belong together to the octet (RFC 1847). */
  boolean isSealed() {
    return SEALED.contains(type);
  }

  boolean isMessage() {
    return type.equals("message/rfc822") || type.equals("message/global");
  }

  /** In lower case; 7bit where nothing is said (RFC 2045 section 6.1). */
  String transferEncoding() {
    return header
        .first("Content-Transfer-Encoding")
        .map(field -> ParameterizedHeader.parse(field.value()).value().strip())
        .filter(value -> !value.isEmpty())
        .map(value -> value.toLowerCase(Locale.ROOT))
        .orElse("7bit");
  }

  /** Empty where the part names none. */
  String charset() {
    return contentType.parameter("charset").map(String::strip).orElse("");
  }

  /** The name it is to be saved under, if it has one. */
  Optional<String> fileName() {
    return header
        .first("Content-Disposition")
        .flatMap(field -> ParameterizedHeader.parse(field.value()).parameter("filename"))
        .or(() -> contentType.parameter("name"));
  }
}
