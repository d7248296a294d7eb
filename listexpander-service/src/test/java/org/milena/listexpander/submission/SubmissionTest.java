package org.milena.listexpander.submission;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.milena.common.event.ClientFacts;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailJson;
import org.milena.common.event.MailMeta;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.RecordType;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.event.Topics;
import org.milena.common.failure.OutageException;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderMailbox;
import org.milena.common.header.MailDates;
import org.milena.common.mail.ForwardPath;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.ReversePath;
import org.milena.common.stage.OutRecord;
import org.milena.common.token.Keyring;
import org.milena.common.token.SignedTokens;
import org.milena.listexpander.fake.Fixtures;

class SubmissionTest {
  private static final MailAddress ANN = MailAddress.of("ann@a.example");
  private static final Submission.Writer WRITER = new Submission.Writer("ann", "192.0.2.7");

  private final List<OutRecord> sent = new ArrayList<>();
  private Instant now = Fixtures.NOW;
  private boolean away;
  private final Submission submission = submission(1 << 20);
  private PostKey key = submission.key();

  @Test
  void aPostGoesWhereSubmittedMailGoesWithItsAccount() {
    SubmissionOutcome.Taken taken = taken(send("ann"));
    OutRecord record = sent.getFirst();
    assertThat(record.topic()).isEqualTo(Topics.RECEIVED);
    assertThat(record.key()).isEmpty();
    assertThat(header(record, RecordHeaders.TYPE)).isEqualTo(RecordType.RECEIVED_MAIL.label());
    MailMeta meta =
        MailJson.read(
            header(record, RecordHeaders.META).getBytes(StandardCharsets.UTF_8), MailMeta.class);
    assertThat(meta.mailId()).isEqualTo(taken.mail());
    assertThat(meta.receivedAt()).isEqualTo(now);
    assertThat(meta.reversePath()).isEqualTo(new ReversePath.Mailbox(ANN));
    assertThat(meta.recipients())
        .containsExactly(
            new RoutedRecipient(
                new ForwardPath.Mailbox(Fixtures.USERS), new Route.ListPost(Fixtures.USERS_ID)));
    assertThat(meta.body()).isEqualTo(new MailMeta.BodyFacts(false, false));
    assertThat(meta.client()).isEqualTo(new ClientFacts("192.0.2.7", "", "HTTP", null, "ann"));
    assertThat(meta.scan()).isNull();

    String message = text(record);
    assertThat(message)
        .startsWith("Received: by mx.example.org with HTTP id " + taken.mail())
        .contains("for <users@lists.example.org>;")
        .doesNotContain("192.0.2.7");
    RawMessage written =
        RawMessage.copyOf(
            message.substring(message.indexOf("From: ")).getBytes(StandardCharsets.UTF_8));
    assertThat(meta.sha256()).as("of what was written").isEqualTo(written.sha256());
    assertThat(HeaderBlock.of(written).all("Message-ID"))
        .singleElement()
        .satisfies(
            field -> assertThat(field.value().strip()).isEqualTo("<" + taken.id().value() + ">"));
    assertThat(taken.id().value()).endsWith("@lists.example.org");
    assertThat(HeaderBlock.of(written).all("Date"))
        .singleElement()
        .satisfies(field ->
            assertThat(MailDates.parse(field.value())).contains(key.time().truncatedTo(SECONDS)));
  }

  @Test
  void theSamePostUnderTheSameKeyIsTheSameMail() {
    SubmissionOutcome.Taken first = taken(send("ann"));
    now = now.plusSeconds(90);
    SubmissionOutcome.Taken second = taken(send("ann"));
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.mail()).as("on a way of its own").isNotEqualTo(first.mail());
    assertThat(written(sent.get(2))).isEqualTo(written(sent.getFirst()));
    assertThat(sha256(sent.get(2))).isEqualTo(sha256(sent.getFirst()));
  }

  @Test
  void whatIsWrittenAgainAfterAnOutageIsTheSameMail() {
    away = true;
    assertThatThrownBy(() -> send("ann")).isInstanceOf(OutageException.class);
    away = false;
    now = now.plusSeconds(90);
    taken(send("ann"));
    assertThat(sha256(sent.get(1))).isEqualTo(sha256(sent.getFirst()));
  }

  @Test
  void nobodyElseGetsTheIdOfAKey() {
    String id = taken(send("ann")).id().value();
    assertThat(id).doesNotContain(key.toString());
    assertThat(taken(send("bob")).id().value()).isNotEqualTo(id);
    assertThat(
            taken(
                    submission.send(
                        Fixtures.list().at(MailAddress.of("other@lists.example.org"), List.of()),
                        WRITER,
                        post(),
                        key))
                .id()
                .value())
        .as("the list's address may change, and it is the same list")
        .isEqualTo(id);
    key = submission.key();
    assertThat(taken(send("ann")).id().value()).isNotEqualTo(id);
  }

  @Test
  void aKeyIsGoodForADay() {
    now = now.plus(Submission.KEY_SPAN);
    taken(send("ann"));
    now = now.plusMillis(1);
    assertThat(send("ann")).isEqualTo(new SubmissionOutcome.WrongDay());
    now = Fixtures.NOW.minus(Submission.KEY_SPAN);
    taken(send("ann"));
    now = now.minusMillis(1);
    assertThat(send("ann")).isEqualTo(new SubmissionOutcome.WrongDay());
  }

  @Test
  void itsStoryBeginsWithItAndWithoutTheClient() {
    SubmissionOutcome.Taken taken = taken(send("ann"));
    assertThat(sent).hasSize(2);
    assertThat(sent.get(1).topic()).isEqualTo(Topics.EVENTS);
    MailEvent event = MailJson.read(Objects.requireNonNull(sent.get(1).value()), MailEvent.class);
    assertThat(event.mailId()).isEqualTo(taken.mail());
    assertThat(event.kind()).isEqualTo(MailEvent.Kind.RECEIVED);
    assertThat(event.list()).isEqualTo(Fixtures.USERS_ID);
    assertThat(event.messageId()).isEqualTo(taken.id().value());
    assertThat(event.text()).contains("<ann@a.example>", "over the web").doesNotContain("192.0.2");
  }

  @Test
  void anAccountSendsSoManyWithinAnHour() {
    for (int i = 0; i < PostLimits.MOST; i++) {
      taken(send("ann"));
    }
    int before = sent.size();
    now = now.plus(PostLimits.SPAN).minusMillis(1);
    assertThat(send("ann")).isEqualTo(new SubmissionOutcome.TooMany());
    assertThat(sent).hasSize(before);
    taken(send("bob"));
    now = now.plusMillis(1);
    taken(send("ann"));
  }

  @Test
  void whatTheSiteWouldNotTakeAsAMailIsRefused() {
    assertThat(submission(300).send(Fixtures.list(), WRITER, post(), key))
        .isEqualTo(new SubmissionOutcome.TooLarge());
    assertThat(sent).isEmpty();
  }

  @Test
  void nothingIsOnItsWayBeforeTheBrokerSaysSo() {
    away = true;
    assertThatThrownBy(() -> send("ann")).isInstanceOf(OutageException.class);
    assertThat(sent).as("no story either").hasSize(1);
  }

  @Test
  void anAddressOutsideAsciiNeedsItsExtension() {
    MailAddress address = MailAddress.of("änne@a.example");
    taken(
        submission.send(
            Fixtures.list(),
            WRITER,
            new WrittenPost(
                new HeaderMailbox("Änne", address), "Hi", "Hello", Optional.empty(), List.of()),
            key));
    MailMeta meta =
        MailJson.read(
            header(sent.getFirst(), RecordHeaders.META).getBytes(StandardCharsets.UTF_8),
            MailMeta.class);
    assertThat(meta.body()).isEqualTo(new MailMeta.BodyFacts(false, true));
    assertThat(text(sent.getFirst())).contains("<änne@a.example>");
  }

  private Submission submission(int mailLimit) {
    return new Submission(
        new Submission.Site("mx.example.org", mailLimit),
        record -> {
          sent.add(record);
          return away
              ? CompletableFuture.failedFuture(new OutageException("Kafka is away"))
              : CompletableFuture.completedFuture(new RecordPosition(record.topic(), 0, 0));
        },
        new SignedTokens(new Keyring(Map.of('a', new byte[32])), () -> now),
        () -> now,
        new Random(1));
  }

  private SubmissionOutcome send(String account) {
    return submission.send(
        Fixtures.list(), new Submission.Writer(account, "192.0.2.7"), post(), key);
  }

  private static WrittenPost post() {
    return new WrittenPost(
        new HeaderMailbox("Ann", ANN), "Hi", "Hello", Optional.empty(), List.of());
  }

  private static SubmissionOutcome.Taken taken(SubmissionOutcome outcome) {
    assertThat(outcome).isInstanceOf(SubmissionOutcome.Taken.class);
    return (SubmissionOutcome.Taken) outcome;
  }

  private static String header(OutRecord record, String name) {
    return new String(Objects.requireNonNull(record.headers().get(name)), StandardCharsets.UTF_8);
  }

  private static String sha256(OutRecord record) {
    return MailJson.read(
            header(record, RecordHeaders.META).getBytes(StandardCharsets.UTF_8), MailMeta.class)
        .sha256();
  }

  private static String written(OutRecord record) {
    String message = text(record);
    return message.substring(message.indexOf("From: "));
  }

  private static String text(OutRecord record) {
    return new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8);
  }
}
