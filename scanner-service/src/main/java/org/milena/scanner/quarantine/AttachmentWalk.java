package org.milena.scanner.quarantine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.milena.common.header.ParameterizedHeader;
import org.milena.common.mail.RawMessage;
import org.milena.scanner.quarantine.MessageFacts.AttachedFile;
import org.milena.scanner.scan.ShownText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One walk through the parts of a message, the messages in it as well, that opens none of them. */
final class AttachmentWalk {

  private static final Logger log = LoggerFactory.getLogger(AttachmentWalk.class);

  private static final int MOST_FILES = 200;
  private static final int MOST_PARTS = 2_000;
  private static final int DEEPEST = 50;

  private static final MimeConfig CONFIG =
      MimeConfig.custom()
          .setMaxLineLen(100_000)
          .setMaxHeaderLen(100_000)
          .setMaxHeaderCount(2_000)
          .setMaxContentLen(-1)
          .build();

  private final List<AttachedFile> found = new ArrayList<>();
  private String filename = "";
  private String name = "";
  private boolean attached;

  /** What was found. */
  List<AttachedFile> found() {
    return found;
  }

  /** Reads all parts; false when it did not come to the end. */
  boolean read(RawMessage message) {
    MimeTokenStream stream = new MimeTokenStream(CONFIG);
    stream.parse(new ByteArrayInputStream(message.unsafeBytes()));
    try {
      int depth = 0;
      int parts = 0;
      for (EntityState state = stream.getState();
          state != EntityState.T_END_OF_STREAM;
          state = stream.next()) {
        switch (state) {
          case T_START_MESSAGE, T_START_MULTIPART -> depth++;
          case T_END_MESSAGE, T_END_MULTIPART -> depth--;
          case T_START_HEADER -> {
            filename = "";
            name = "";
            attached = false;
            parts++;
          }
          case T_FIELD -> field(stream.getField());
          case T_BODY -> leaf(stream);
          default -> {
            // the other states carry nothing to tell of
          }
        }
        if (depth > DEEPEST || parts > MOST_PARTS || found.size() >= MOST_FILES) {
          return false;
        }
      }
      return true;
    } catch (IOException | MimeException | RuntimeException e) {
      // hostile mail is what lies here: an operator sees what could be read of it
      log.debug("a mail in quarantine could be listed in part only", e);
      return false;
    }
  }

  private void field(Field field) {
    if (field.getName().equalsIgnoreCase("Content-Disposition")) {
      ParameterizedHeader value = ParameterizedHeader.parse(String.valueOf(field.getBody()));
      attached |= value.value().equals("attachment");
      filename = value.parameter("filename").orElse(filename);
    } else if (field.getName().equalsIgnoreCase("Content-Type")) {
      ParameterizedHeader value = ParameterizedHeader.parse(String.valueOf(field.getBody()));
      name = value.parameter("name").orElse(name);
    }
  }

  private void leaf(MimeTokenStream stream) throws IOException {
    String shown = filename.isEmpty() ? name : filename;
    if (shown.isEmpty() && !attached) {
      return;
    }
    MessageDigest digest = sha256();
    long size = 0;
    byte[] buffer = new byte[8_192];
    InputStream content = stream.getDecodedInputStream();
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      digest.update(buffer, 0, count);
      size += count;
    }
    found.add(
        new AttachedFile(
            ShownText.of(shown),
            ShownText.of(String.valueOf(stream.getBodyDescriptor().getMimeType())),
            size,
            HexFormat.of().formatHex(digest.digest())));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
