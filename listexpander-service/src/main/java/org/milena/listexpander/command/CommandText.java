package org.milena.listexpander.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.milena.common.header.MailCharsets;
import org.milena.common.mail.RawMessage;

/** The first lines of the first plain text of a mail. */
final class CommandText {
  /** Lines that may hold commands, empty ones not counted. */
  static final int MAX_LINES = 10;

  private static final int MAX_OCTETS = 16 * 1024;
  private static final int MAX_PARTS = 50;

  private static final MimeConfig TOLERANT =
      MimeConfig.custom()
          .setMaxLineLen(-1)
          .setMaxHeaderLen(-1)
          .setMaxHeaderCount(-1)
          .setStrictParsing(false)
          .build();

  /** Those lines; none when there is no plain text, or nobody can make sense of the mail. */
  static List<String> of(RawMessage message) {
    MimeTokenStream tokens = new MimeTokenStream(TOLERANT);
    tokens.parse(new ByteArrayInputStream(message.unsafeBytes()));
    int parts = 0;
    try {
      for (EntityState state = tokens.getState();
          state != EntityState.T_END_OF_STREAM && parts < MAX_PARTS;
          state = tokens.next()) {
        if (state == EntityState.T_BODY) {
          parts++;
          BodyDescriptor part = tokens.getBodyDescriptor();
          if (part.getMimeType().toLowerCase(Locale.ROOT).equals("text/plain")) {
            return lines(tokens.getDecodedInputStream(), part.getCharset());
          }
        }
      }
    } catch (MimeException | IOException e) {
      // a broken mail holds no command; whoever wrote it is told how to write one
      return List.of();
    }
    return List.of();
  }

  private static List<String> lines(InputStream text, String charset) throws IOException {
    byte[] octets = text.readNBytes(MAX_OCTETS);
    String decoded =
        MailCharsets.decode(
            octets, 0, octets.length, charset == null ? StandardCharsets.US_ASCII.name() : charset);
    List<String> lines = new ArrayList<>();
    for (String line : decoded.split("\\R", -1)) {
      if (!line.isBlank() && lines.size() < MAX_LINES) {
        lines.add(line.strip());
      }
    }
    return lines;
  }

  private CommandText() {}
}
