package org.milena.listexpander.migration.mailman2;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.milena.common.header.MailCharsets;
import org.milena.listexpander.migration.pickle.PickleValue;

/**
 * From octets to text: UTF-8 (and ASCII with it) where they are that, else the set of the list's
 * language. What is text in neither is replaced, and noted.
 */
final class TextReader {
  private static final char REPLACED = '\uFFFD';

  private final String charsetName;
  private final Charset charset;
  private final Notes notes;

  TextReader(String charsetName, Notes notes) {
    this.charsetName = charsetName;
    this.charset = MailCharsets.find(charsetName).orElse(StandardCharsets.US_ASCII);
    this.notes = notes;
  }

  /** The text of a value of a field, if it is one. */
  Optional<String> read(String field, PickleValue value) {
    return switch (value) {
      case PickleValue.Text octets -> Optional.of(noted(field, decode(octets.toByteArray())));
      case PickleValue.Unicode(var text) -> Optional.of(noted(field, text));
      case PickleValue.Int _,
          PickleValue.Real _,
          PickleValue.Bool _,
          PickleValue.None _,
          PickleValue.Items _,
          PickleValue.Entries _,
          PickleValue.Instance _ ->
          Optional.empty();
    };
  }

  private String noted(String field, String text) {
    if (text.indexOf(REPLACED) >= 0) {
      notes.replaced(field, charsetName);
    }
    return text;
  }

  private String decode(byte[] octets) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException _) {
      return new String(octets, charset);
    }
  }
}
