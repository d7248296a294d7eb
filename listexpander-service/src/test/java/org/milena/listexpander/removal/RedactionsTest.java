package org.milena.listexpander.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.PostChange;
import org.milena.common.command.PostChange.RedactPost;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.AuditEntry;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailJson;
import org.milena.common.event.MailPointer;
import org.milena.common.event.PostMeta;
import org.milena.common.event.RecordHeaders;
import org.milena.common.event.RecordPosition;
import org.milena.common.event.Removal;
import org.milena.common.event.Topics;
import org.milena.common.mail.RawMessage;
import org.milena.common.mail.Splice;
import org.milena.common.stage.OutRecord;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.ListMail;

class RedactionsTest {
  private static final RecordPosition PLACE = new RecordPosition(Topics.POSTS, 0, 7);

  private final ListWorld world = new ListWorld();
  private OutRecord post;
  private PostChange.ArchivedMail archived;

  @BeforeEach
  void aPost() {
    world.with(Fixtures.list(), Fixtures.member("ann@a.example"));
    ListMail mail =
        Fixtures.post(
            "ann@a.example",
            "From: ann@a.example\nMessage-ID: <1@a.example>\nSubject: hi\n\nmy secret words\n");
    post = world.take(mail).on(Topics.POSTS).getFirst();
    world.lies(PLACE, post);
    archived =
        new PostChange.ArchivedMail(
            ArchiveId.of(post.key().orElseThrow()), mail.id(), "1@a.example", world.now());
  }

  private static String text(OutRecord record) {
    return new String(Objects.requireNonNull(record.value()), StandardCharsets.ISO_8859_1);
  }

  private static PostMeta meta(OutRecord record) {
    return MailJson.read(
        Objects.requireNonNull(record.headers().get(RecordHeaders.META)), PostMeta.class);
  }

  private RedactPost wish(RecordPosition at, String word, String reason) {
    byte[] bytes = Objects.requireNonNull(post.value());
    int start = text(post).indexOf(word);
    return new RedactPost(
        archived,
        new MailPointer(at, archived.mailId(), RawMessage.copyOf(bytes).sha256()),
        List.of(new Splice(start, start + word.length(), "[redacted]")),
        List.of("hk:OLD"),
        "1 passage",
        reason);
  }

  private Removal row() {
    return world.tables.removals().get(Removal.key(Fixtures.USERS_ID, archived.id())).orElseThrow();
  }

  @Test
  void whatIsLeftTakesThePostsPlace() {
    MemoryTransaction done = world.take(wish(PLACE, "secret", "a wish"));

    OutRecord left = done.on(Topics.POSTS).getFirst();
    assertThat(text(left)).isEqualTo(text(post).replace("secret", "[redacted]"));
    assertThat(left.key()).isEqualTo(post.key());
    assertThat(left.partitionKey()).isEqualTo(post.partitionKey()).isPresent();
    assertThat(meta(left)).isEqualTo(meta(post).withFormerKeys(List.of("hk:OLD")));
    assertThat(row().isGone()).isFalse();
    assertThat(row().redacted()).isEqualTo("1 passage");
    assertThat(row().left())
        .isEqualTo(RawMessage.copyOf(Objects.requireNonNull(left.value())).sha256());
    assertThat(row().reason()).isEqualTo("a wish");
    assertThat(done.events())
        .extracting(MailEvent::kind, MailEvent::mailId)
        .containsExactly(tuple(MailEvent.Kind.REDACTED, archived.mailId()));
    assertThat(done.on(Topics.AUDIT, AuditEntry.class))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.what()).isEqualTo("redact-post");
          assertThat(entry.toString()).contains("a wish", "1 passage").doesNotContain("secret");
        });
  }

  @Test
  void moreCanBeTakenOutLater() {
    OutRecord left = world.take(wish(PLACE, "secret", "first")).on(Topics.POSTS).getFirst();
    RecordPosition next = new RecordPosition(Topics.POSTS, 0, 8);
    world.lies(next, left);
    post = left;
    MemoryTransaction done = world.take(wish(next, "words", "second"));
    assertThat(text(done.on(Topics.POSTS).getFirst())).contains("my [redacted] [redacted]");
    assertThat(row().reason()).isEqualTo("first; second");
  }

  /** The log keeps the record before for a time, and an index that is behind points at it. */
  @Test
  void whatWasTakenOutIsNotBroughtBackByTheNextOne() {
    RedactPost late = wish(PLACE, "words", "second");
    world.take(wish(PLACE, "secret", "first"));
    assertThat(world.command(late))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo("changed"));
  }

  @Test
  void aPostThatIsAnotherNowIsNotTouched() {
    assertThat(world.command(wish(new RecordPosition(Topics.POSTS, 0, 9), "secret", "x")))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo("changed"));
    assertThat(world.command(wish(new RecordPosition(Topics.HELD, 0, 7), "secret", "x")))
        .isInstanceOf(Refused.class);
    assertThat(world.tables.removals().size()).isZero();
  }

  @Test
  void nobodyTakesAnythingOutOfAnotherPost() {
    RedactPost wish = wish(PLACE, "secret", "x");
    PostChange.ArchivedMail other =
        new PostChange.ArchivedMail(
            ArchiveId.compute(Fixtures.USERS_ID, "2@a.example", "00"),
            archived.mailId(),
            "2@a.example",
            world.now());
    MemoryTransaction refused =
        world.take(
            new RedactPost(
                other, wish.content(), wish.splices(), List.of(), "1 passage", "a wish"));
    assertThat(refused.on(Topics.POSTS)).isEmpty();
  }

  @Test
  void changesThatDoNotFitAreRefused() {
    RedactPost wish = wish(PLACE, "secret", "x");
    assertThat(
            world.command(
                new RedactPost(
                    archived,
                    wish.content(),
                    List.of(new Splice(0, 1_000_000, "")),
                    List.of(),
                    "1 passage",
                    "x")))
        .isInstanceOf(Refused.class);
  }

  @Test
  void whatIsGoneStaysGone() {
    world.take(new PostChange.RemovePosts(List.of(archived), "all of it"));
    MemoryTransaction late = world.take(wish(PLACE, "secret", "x"));
    assertThat(late.on(Topics.POSTS)).isEmpty();
    assertThat(row().isGone()).isTrue();
  }

  @Test
  void theRestCanBeRemovedLater() {
    world.take(wish(PLACE, "secret", "first"));
    assertThat(world.command(new PostChange.RemovePosts(List.of(archived), "all of it")))
        .isInstanceOf(Done.class);
    assertThat(row().isGone()).isTrue();
    assertThat(row().reason()).isEqualTo("all of it");
  }
}
