package org.milena.listexpander.digest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/** Reads digests as a program of a reader does. */
final class DigestParser {
  private static final MimeConfig CONFIG =
      MimeConfig.custom()
          .setMaxLineLen(-1)
          .setMaxHeaderLen(-1)
          .setMaxHeaderCount(-1)
          .setStrictParsing(true)
          .build();

  /** The octets of each leaf as they stand there, of one type. */
  static List<String> leaves(String message, String type) {
    List<String> found = new ArrayList<>();
    MimeTokenStream tokens = new MimeTokenStream(CONFIG);
    tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
    try {
      tokens.parse(new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1)));
      for (EntityState state = tokens.getState();
          state != EntityState.T_END_OF_STREAM;
          state = tokens.next()) {
        if (state == EntityState.T_BODY && tokens.getBodyDescriptor().getMimeType().equals(type)) {
          found.add(
              new String(tokens.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
      }
    } catch (MimeException | IOException e) {
      throw new AssertionError("does not parse: " + message, e);
    }
    return found;
  }

  /** The text of a digest of texts, with lines that end in LF. */
  static String text(String message) {
    int body = message.indexOf("\r\n\r\n") + 4;
    String text = message.substring(body);
    if (message.substring(0, body).contains("Content-Transfer-Encoding: base64")) {
      text = new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
    }
    return text.replace("\r\n", "\n");
  }

  /** The messages in a digest of texts, as a program takes it apart (RFC 1153). */
  static List<String> messages(String message) {
    String text = text(message);
    String preamble = "\n\n" + "-".repeat(70) + "\n\n";
    int begin = text.indexOf(preamble);
    if (begin < 0) {
      throw new AssertionError("no preamble: " + text);
    }
    String[] parts = text.substring(begin + preamble.length()).split("\n\n-{30}\n\n", -1);
    String trailer = parts[parts.length - 1];
    List<String> lines = trailer.lines().toList();
    if (lines.size() != 2
        || !lines.getFirst().matches("End of .+ Digest, Vol \\d+, Issue \\d+")
        || !lines.getLast().equals("*".repeat(lines.getFirst().length()))) {
      throw new AssertionError("no trailer: " + trailer);
    }
    List<String> messages = new ArrayList<>(List.of(parts).subList(0, parts.length - 1));
    messages.removeIf(part -> part.startsWith("Subject: Digest Footer\n"));
    return messages;
  }

  private DigestParser() {}
}
