package org.milena.listexpander.bounce.reading;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.MailCharsets;
import org.milena.common.header.ParameterizedHeader;
import org.milena.common.html.HtmlText;
import org.milena.common.mail.RawMessage;

/**
 * The parts of a mail as far as a report needs them: decoded, the beginning of each. A mail inside
 * the mail is one part, and not looked into.
 *
 * @param type of the whole, lower case
 * @param reportType the parameter {@code report-type} (RFC 6522 section 3), lower case, or empty
 * @param parts in their order; when the boundaries are broken, one that is all of the body
 */
record ReportParts(String type, String reportType, List<Part> parts) {
  private static final int MAX_PARTS = 30;
  private static final int MAX_DEPTH = 8;
  private static final int MAX_PART = 128 * 1024;

  /** What a report has to say stands in front; after it comes the mail that came back. */
  private static final int MAX_READ = 2 * 1024 * 1024;

  private static final MimeConfig TOLERANT =
      MimeConfig.custom()
          .setMaxLineLen(-1)
          .setMaxHeaderLen(-1)
          .setMaxHeaderCount(-1)
          .setStrictParsing(false)
          .build();

  /**
   * One part.
   *
   * @param type lower case, without parameters
   * @param text decoded; HTML made plain
   */
  record Part(String type, String text) {
    boolean isText() {
      return type.startsWith("text/") && !isOriginal();
    }

    /** Whether it is the mail that came back, or its header. */
    boolean isOriginal() {
      return type.startsWith("text/rfc822-header")
          || type.equals("message/rfc822")
          || type.equals("message/rfc822-headers")
          || type.equals("message/global")
          || type.equals("message/global-headers");
    }
  }

  static ReportParts of(RawMessage message, HeaderBlock header) {
    ParameterizedHeader content =
        ParameterizedHeader.parse(header.first("Content-Type").map(f -> f.value()).orElse(""));
    String type = content.value().strip().toLowerCase(Locale.ROOT);
    List<Part> parts = read(message);
    return new ReportParts(
        type,
        content.parameter("report-type").orElse("").strip().toLowerCase(Locale.ROOT),
        parts.isEmpty() ? List.of(whole(message, header)) : List.copyOf(parts));
  }

  /** The first part of this type. */
  Optional<Part> first(String partType) {
    return parts.stream().filter(part -> part.type.equals(partType)).findFirst();
  }

  /** Whether the whole calls itself a report (RFC 6522). */
  boolean isReport() {
    return type.equals("multipart/report");
  }

  private static Part whole(RawMessage message, HeaderBlock header) {
    int from = Math.min(header.bodyOffset(), message.size());
    int to = Math.min(message.size(), from + MAX_PART);
    return new Part("text/plain", MailCharsets.guess(message.unsafeBytes(), from, to));
  }

  private static List<Part> read(RawMessage message) {
    List<Part> parts = new ArrayList<>();
    MimeTokenStream tokens = new MimeTokenStream(TOLERANT);
    tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
    tokens.parse(
        new ByteArrayInputStream(message.unsafeBytes(), 0, Math.min(message.size(), MAX_READ)));
    int depth = 0;
    try {
      for (EntityState state = tokens.getState();
          state != EntityState.T_END_OF_STREAM && parts.size() < MAX_PARTS && depth <= MAX_DEPTH;
          state = tokens.next()) {
        switch (state) {
          case T_START_MULTIPART -> depth++;
          case T_END_MULTIPART -> depth--;
          case T_BODY -> parts.add(part(tokens));
          default -> {}
        }
      }
    } catch (MimeException | IOException e) {
      // broken from here on: what was read before still counts
      return parts;
    }
    return parts;
  }

  private static Part part(MimeTokenStream tokens) throws IOException {
    BodyDescriptor body = tokens.getBodyDescriptor();
    String type = typeOnly(body.getMimeType());
    if (!type.startsWith("text/") && !type.startsWith("message/")) {
      return new Part(type, "");
    }
    byte[] octets = tokens.getDecodedInputStream().readNBytes(MAX_PART);
    String charset = body.getCharset();
    String text =
        MailCharsets.decode(
            octets,
            0,
            octets.length,
            charset == null || !type.startsWith("text/")
                ? StandardCharsets.US_ASCII.name()
                : charset);
    return new Part(type, type.equals("text/html") ? HtmlText.of(text) : text);
  }

  /** Some forget the semicolon before the parameters. */
  private static String typeOnly(String mimeType) {
    String type = mimeType.strip().toLowerCase(Locale.ROOT);
    for (int i = 0; i < type.length(); i++) {
      if (type.charAt(i) <= ' ' || type.charAt(i) == ';') {
        return type.substring(0, i);
      }
    }
    return type;
  }
}
