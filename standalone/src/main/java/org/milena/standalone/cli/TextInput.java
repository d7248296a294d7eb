package org.milena.standalone.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Text from a file, or from what is typed or piped in. */
final class TextInput {
  /** The name of standard input. */
  static final String STANDARD = "-";

  /**
   * All of it, in UTF-8.
   *
   * @throws CliFailure when there is none
   */
  static String read(String file) {
    try {
      byte[] octets =
          file.equals(STANDARD) ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (NoSuchFileException e) {
      throw new CliFailure("There is no file %s.".formatted(file), e);
    } catch (CharacterCodingException e) {
      throw new CliFailure("The text is not in UTF-8.", e);
    } catch (IOException e) {
      throw new CliFailure("The text cannot be read: %s.".formatted(e), e);
    }
  }

  private TextInput() {}
}
