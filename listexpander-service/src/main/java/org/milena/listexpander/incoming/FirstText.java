package org.milena.listexpander.incoming;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.milena.common.header.MailCharsets;
import org.milena.common.html.HtmlText;
import org.milena.common.mail.RawMessage;

/** The beginning of the first text in a mail. */
public final class FirstText {
  private static final int MAX_PARTS = 50;

  private static final MimeConfig TOLERANT =
      MimeConfig.custom()
          .setMaxLineLen(-1)
          .setMaxHeaderLen(-1)
          .setMaxHeaderCount(-1)
          .setStrictParsing(false)
          .build();

  /**
   * The first plain text, decoded.
   *
   * @param maxOctets how much of it is read
   * @return empty when there is no plain text among the first parts, or nobody can make sense of
   *     the mail
   */
  public static Optional<String> of(RawMessage message, int maxOctets) {
    return of(message, "text/plain", maxOctets);
  }

  /**
   * The first plain text, or else the first HTML as text: what it quotes in lines that begin with
   * {@code >}.
   *
   * @param maxOctets how much of it is read
   * @return as {@link #of}
   */
  public static Optional<String> plainOrHtml(RawMessage message, int maxOctets) {
    return of(message, maxOctets).or(() -> of(message, "text/html", maxOctets).map(HtmlText::of));
  }

  private static Optional<String> of(RawMessage message, String type, int maxOctets) {
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
          if (part.getMimeType().toLowerCase(Locale.ROOT).equals(type)) {
            return Optional.of(
                decode(tokens.getDecodedInputStream(), part.getCharset(), maxOctets));
          }
        }
      }
    } catch (MimeException | IOException e) {
      // broken beyond reading: the raw mail is all there is
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static String decode(InputStream text, String charset, int maxOctets) throws IOException {
    byte[] octets = text.readNBytes(maxOctets);
    return MailCharsets.decode(
        octets, 0, octets.length, charset == null ? StandardCharsets.US_ASCII.name() : charset);
  }

  private FirstText() {}
}
