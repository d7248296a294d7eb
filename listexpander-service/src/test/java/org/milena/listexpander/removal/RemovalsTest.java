package org.milena.listexpander.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.PostChange;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.AuditEntry;
import org.milena.common.event.MailEvent;
import org.milena.common.event.Removal;
import org.milena.common.event.Topics;
import org.milena.common.stage.OutRecord;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;
import org.milena.listexpander.fake.MemoryTransaction;
import org.milena.listexpander.incoming.ListMail;

class RemovalsTest {
  private final ListWorld world = new ListWorld();

  @BeforeEach
  void aList() {
    world.with(Fixtures.list(), Fixtures.member("ann@a.example"));
  }

  private ListMail mail(String fields) {
    return Fixtures.post(
        "ann@a.example",
        "From: ann@a.example\nMessage-ID: <1@a.example>\n%s\n\nx\n".formatted(fields));
  }

  private PostChange.ArchivedMail archived(ListMail mail) {
    return new PostChange.ArchivedMail(
        ArchiveId.compute(Fixtures.USERS_ID, "1@a.example", mail.meta().sha256()),
        mail.id(),
        "1@a.example",
        world.now());
  }

  @Test
  void aPostIsGoneFromTheLogAndTheReasonStays() {
    ListMail mail = mail("Subject: hi");
    OutRecord post = world.take(mail).on(Topics.POSTS).getFirst();
    MemoryTransaction removed =
        world.take(new PostChange.RemovePosts(List.of(archived(mail)), "a wish of\r\n its author"));

    OutRecord tombstone = removed.on(Topics.POSTS).getFirst();
    assertThat(tombstone.value()).isNull();
    assertThat(tombstone.key()).isEqualTo(post.key());
    assertThat(tombstone.partitionKey()).isEqualTo(post.partitionKey()).isPresent();
    Removal row =
        world
            .tables
            .removals()
            .get(Removal.key(Fixtures.USERS_ID, ArchiveId.of(post.key().orElseThrow())))
            .orElseThrow();
    assertThat(row.reason()).isEqualTo("a wish of its author");
    assertThat(row.isGone()).isTrue();
    assertThat(row.messageId()).isEqualTo("1@a.example");
    assertThat(removed.events())
        .extracting(MailEvent::kind, MailEvent::mailId)
        .containsExactly(tuple(MailEvent.Kind.REMOVED, mail.id()));
    assertThat(removed.on(Topics.AUDIT, AuditEntry.class))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.what()).isEqualTo("remove-posts");
          assertThat(entry.toString()).contains("a wish of its author", post.key().orElseThrow());
        });
  }

  @Test
  void theFirstReasonCounts() {
    ListMail mail = mail("Subject: hi");
    world.take(mail);
    world.command(new PostChange.RemovePosts(List.of(archived(mail)), "first"));
    MemoryTransaction again =
        world.take(new PostChange.RemovePosts(List.of(archived(mail)), "second"));
    assertThat(again.on(Topics.POSTS)).hasSize(1);
    assertThat(again.events()).isEmpty();
    assertThat(world.tables.removals().get(Removal.key(Fixtures.USERS_ID, archived(mail).id())))
        .hasValueSatisfying(row -> assertThat(row.reason()).isEqualTo("first"));
  }

  @Test
  void timeLeavesNoRowsBehind() {
    ListMail mail = mail("Subject: hi");
    world.take(mail);
    MemoryTransaction removed = world.take(new PostChange.RemovePosts(List.of(archived(mail)), ""));
    assertThat(removed.on(Topics.POSTS)).singleElement().extracting(OutRecord::value).isNull();
    assertThat(world.tables.removals().size()).isZero();
    assertThat(removed.on(Topics.AUDIT)).hasSize(1);
  }

  @Test
  void aReasonIsNoNovel() {
    ListMail mail = mail("");
    assertThat(Removals.unfit("x".repeat(501))).isPresent();
    assertThat(world.command(new PostChange.RemovePosts(List.of(archived(mail)), "x")))
        .isInstanceOf(Done.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-No-Archive: Yes", "x-no-archive:", "X-Archive: No"})
  void whoAsksNotToBeArchivedIsNot(String field) {
    MemoryTransaction posted = world.take(mail(field));
    assertThat(posted.story()).contains(MailEvent.Kind.EXPANDED);
    assertThat(posted.on(Topics.POSTS)).isEmpty();
  }

  @Test
  void unlessTheListArchivesEverything() {
    world.with(
        Fixtures.list(Fixtures.list().settings().with("respectNoArchive", false)),
        Fixtures.member("ann@a.example"));
    assertThat(world.take(mail("X-No-Archive: Yes")).on(Topics.POSTS)).hasSize(1);
    assertThat(world.take(mail("X-Archive: yes")).on(Topics.POSTS)).isNotNull();
  }
}
