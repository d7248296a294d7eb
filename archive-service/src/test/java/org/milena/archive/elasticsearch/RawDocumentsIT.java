package org.milena.archive.elasticsearch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.mapping.Property;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.archive.TestArchive;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;
import org.milena.common.mail.RawMessage;

/** Octets in a real server. */
class RawDocumentsIT {
  private static final ListId LIST = ListId.of("raw.example.org");

  private static final Property BINARY = Property.of(p -> p.binary(b -> b));

  private final TestArchive archive = TestArchive.create();

  @AfterEach
  void end() {
    archive.close();
  }

  /** As they are spread in no mail: all of them, in each place. */
  private static RawMessage everyOctet(int size) {
    byte[] octets = new byte[size];
    for (int at = 0; at < size; at++) {
      octets[at] = (byte) (at + at / 256);
    }
    byte[] head = "Message-ID: <octets@x>\r\n\r\n".getBytes(ISO_8859_1);
    System.arraycopy(head, 0, octets, 0, head.length);
    return RawMessage.wrap(octets);
  }

  @Test
  void givesEveryOctetBack() {
    RawMessage pieces = everyOctet((2 << 20) + 17);
    RawMessage controls = RawMessage.wrap(new byte[3 << 20]);
    RawMessage nothing = RawMessage.wrap(new byte[0]);
    List<RawMessage> messages = List.of(pieces, controls, nothing);
    archive.take(LIST, messages);
    for (RawMessage message : messages) {
      assertThat(archive.raws.raw(TestArchive.id(LIST, message))).contains(message);
    }
  }

  @Test
  void readsWhatTheVersionBeforeKept() throws IOException {
    RawMessage message = everyOctet(5_000);
    ArchiveId id = TestArchive.id(LIST, message);
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(compressed)) {
      message.writeTo(out);
    }
    byte[] bytes = compressed.toByteArray();
    int half = bytes.length / 2;
    String index = archive.indices.raw() + "-v2-000001";
    var unused =
        archive.connection.call(
            "making an old index",
            client ->
                client
                    .indices()
                    .create(request ->
                        request.index(index).mappings(m -> m.properties("bytes", BINARY))));
    keep(index, id, message, 0, Arrays.copyOfRange(bytes, 0, half));
    keep(index, id, message, 1, Arrays.copyOfRange(bytes, half, bytes.length));
    IndexNames old =
        new IndexNames() {
          @Override
          public String posts() {
            return index;
          }

          @Override
          public String raw() {
            return index;
          }
        };
    assertThat(new RawDocuments(archive.connection, old).raw(id)).contains(message);
  }

  private void keep(String index, ArchiveId id, RawMessage message, int part, byte[] piece) {
    String body =
        """
        {"post": "%s", "list": "%s", "part": %d, "parts": 2, "size": %d, "sha256": "%s", "bytes": "%s"}
        """
            .formatted(
                id,
                LIST,
                part,
                message.size(),
                message.sha256(),
                Base64.getEncoder().encodeToString(piece));
    var unused =
        archive.connection.call(
            "keeping a piece",
            client ->
                client.index(request ->
                    request
                        .index(index)
                        .id(RawDocument.id(id, part))
                        .withJson(new StringReader(body))));
  }
}
