package org.milena.egress.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.milena.common.event.Delivery;
import org.milena.common.event.DeliveryId;
import org.milena.common.event.MailJson;
import org.milena.common.event.MailMeta;
import org.milena.common.event.MailPointer;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.PersonalCopies;
import org.milena.common.event.PersonalMark;
import org.milena.common.event.PersonalValue;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.ReturnPath;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.common.stage.InRecord;
import org.milena.common.stage.MailReader.StoredMail;
import org.milena.common.token.Keyring;
import org.milena.common.token.SignedTokens;
import org.milena.common.token.VerpTags;
import org.milena.egress.capture.Outbox;
import org.milena.egress.capture.OutboxEntry;
import org.milena.egress.content.ContentShelf;
import org.milena.egress.job.Consignment;
import org.milena.egress.job.Tenure;
import org.milena.egress.personal.Personalizer;

class OutboxCarriageTest {
  private static final MailId ID = MailId.of("01890a5d-ac96-774b-bcce-b302099a8057");
  private static final MailAddress ADA = MailAddress.of("ada@x.example");
  private static final MailAddress BOB = MailAddress.of("bob@x.example");
  private static final String MESSAGE = "Subject: Hello\r\n\r\nFor=20=\r\n.\r\n";
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private final Map<MailAddress, String> kept = new ConcurrentHashMap<>();
  private final Map<MailAddress, Integer> sizes = new ConcurrentHashMap<>();
  private final Outbox outbox =
      new Outbox() {
        @Override
        public String nextId(long epochMillis) {
          return "id";
        }

        @Override
        public void keep(OutboxEntry entry, RawMessage prefix, RawMessage message) {
          MailAddress recipient = entry.recipients().getFirst();
          sizes.put(recipient, entry.size());
          kept.put(recipient, text(prefix) + text(message));
        }

        @Override
        public List<OutboxEntry> newest(String before, int limit, Predicate<OutboxEntry> wanted) {
          return List.of();
        }

        @Override
        public Optional<OutboxEntry> find(String id) {
          return Optional.empty();
        }

        @Override
        public Optional<RawMessage> message(String id) {
          return Optional.empty();
        }
      };

  private static String text(RawMessage message) {
    return new String(message.unsafeBytes(), StandardCharsets.UTF_8);
  }

  private static StoredMail read(MailPointer pointer) {
    byte[] octets = MESSAGE.getBytes(StandardCharsets.US_ASCII);
    String meta =
        MailJson.text(
            new OutgoingMeta(
                ID,
                ListId.of("users.lists.example.org"),
                OutgoingMeta.Kind.POST,
                new MailMeta.BodyFacts(false, false),
                List.of(new PersonalMark(MESSAGE.indexOf(".\r\n"), PersonalValue.NAME_OR_EMAIL))));
    return new StoredMail(
        RawMessage.wrap(octets),
        new InRecord(
            pointer.position(),
            null,
            octets,
            Map.of(RecordHeaders.META, meta.getBytes(StandardCharsets.UTF_8)),
            Instant.EPOCH));
  }

  @Test
  void keepsTheCopyThatEachRecipientWouldGet() throws InterruptedException {
    Keyring keys = new Keyring(Map.of('a', new byte[32]));
    CountDownLatch reported = new CountDownLatch(2);
    try (OutboxCarriage carriage =
        new OutboxCarriage(
            outbox,
            new ContentShelf(OutboxCarriageTest::read, 1_000),
            new Personalizer(new VerpTags(keys), new SignedTokens(keys, CLOCK), CLOCK),
            CLOCK)) {
      carriage.reportTo(report -> report.fates().forEach(_ -> reported.countDown()));
      carriage.accept(
          new Consignment(
              new DeliveryId(0, 0), delivery(), List.of(ADA, BOB), false, new Tenure(0), 0));
      assertThat(reported.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(kept)
        .isEqualTo(
            Map.of(
                ADA,
                "To: Ada <ada@x.example>\r\nSubject: Hello\r\n\r\nFor=20=\r\nAda=\r\n.\r\n",
                BOB,
                "To: bob@x.example\r\nSubject: Hello\r\n\r\nFor=20=\r\nbob@x.example=\r\n.\r\n"));
    kept.forEach((recipient, copy) -> assertThat(sizes).containsEntry(recipient, copy.length()));
  }

  private static Delivery delivery() {
    return new Delivery(
        new MailPointer(new RecordPosition("mail.outgoing", 0, 0), ID, "00"),
        OutgoingMeta.Kind.POST,
        ListId.of("users.lists.example.org"),
        "x.example",
        new ReturnPath.Fixed(new ReversePath.Null()),
        null,
        List.of(ADA, BOB),
        Instant.EPOCH,
        null,
        new PersonalCopies(true, null, List.of("Ada", "")),
        null);
  }
}
