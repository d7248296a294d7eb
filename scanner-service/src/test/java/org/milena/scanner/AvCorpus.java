package org.milena.scanner;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.milena.common.event.MailJson;
import org.milena.common.mail.RawMessage;
import org.milena.testkit.corpus.Corpus;
import tools.jackson.databind.JsonNode;

/** The antivirus samples of the corpus. They lie XOR-ed there, and are never written unpacked. */
public final class AvCorpus {

  private static final int BLOCK = 512;

  private AvCorpus() {}

  /** All messages by their names. */
  public static Map<String, RawMessage> messages() {
    Map<String, RawMessage> messages = new TreeMap<>();
    try {
      byte[] tar = Files.readAllBytes(file("av.tar.xor"));
      for (int i = 0; i < tar.length; i++) {
        tar[i] ^= 0x55;
      }
      var in = new ByteArrayInputStream(tar);
      byte[] header = in.readNBytes(BLOCK);
      while (header.length == BLOCK && header[0] != 0) {
        String name = text(header, 0, 100);
        int size = Integer.parseInt(text(header, 124, 12).strip(), 8);
        byte[] content = in.readNBytes(size);
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        if (name.endsWith(".eml")) {
          messages.put(name.substring(name.lastIndexOf('/') + 1), RawMessage.wrap(content));
        }
        header = in.readNBytes(BLOCK);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return messages;
  }

  /** One message. */
  public static RawMessage message(String name) {
    return Objects.requireNonNull(messages().get(name), name);
  }

  /** Whether a message is infected, as far as the corpus decides that. */
  public static Map<String, Boolean> expected() {
    Map<String, Boolean> expected = new TreeMap<>();
    try {
      MailJson.mapper()
          .readTree(Files.readAllBytes(file("av-expected.json")))
          .propertyStream()
          .filter(entry -> entry.getValue().path("infected").isBoolean())
          .forEach(entry -> expected.put(entry.getKey(), infected(entry.getValue())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return expected;
  }

  private static boolean infected(JsonNode entry) {
    return entry.path("infected").asBoolean();
  }

  private static Path file(String name) {
    return Corpus.root().resolve(name);
  }

  private static String text(byte[] octets, int from, int length) {
    String all = new String(octets, from, length, StandardCharsets.US_ASCII);
    int end = all.indexOf('\0');
    return end < 0 ? all : all.substring(0, end);
  }
}
