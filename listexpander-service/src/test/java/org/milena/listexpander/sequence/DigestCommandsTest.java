package org.milena.listexpander.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.ListChange;
import org.milena.common.command.MemberChange;
import org.milena.common.command.MemberChange.NewMember;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.ListWorld;

/** What commands owe to those who read digests. */
class DigestCommandsTest {
  private static final MailAddress ANN = MailAddress.of("ann@a.example");
  private static final String OWED = "farewell PLAIN_DIGEST ann@a.example";

  private final ListWorld world = new ListWorld();

  @BeforeEach
  void aPostWaits() {
    Member ann =
        Fixtures.member(ANN.toString())
            .with(MemberOptions.DEFAULT.withMode(DeliveryMode.PLAIN_DIGEST));
    world.with(Fixtures.list(), ann, Fixtures.member("bob@b.example"));
    world.take(
        Fixtures.post(
            "bob@b.example",
            "From: bob@b.example\nMessage-ID: <1@b.example>\nSubject: A\n\nText\n"));
    assertThat(world.tables.digestPosts().size()).isEqualTo(1);
  }

  @Test
  void whoChangesHisOptionsIsOwedTheLastDigest() {
    world.command(new MemberChange.ChangeOptions(ANN, mode(DeliveryMode.PLAIN_DIGEST), null));
    assertThat(owed()).isEmpty();
    world.command(new MemberChange.ChangeOptions(ANN, mode(DeliveryMode.EVERY_POST), null));
    assertThat(owed()).singleElement().asString().endsWith(OWED);
  }

  @Test
  void soIsOneWhoseOptionsOwnersChange() {
    NewMember every =
        new NewMember(
            ANN, "", Set.of(MemberRole.MEMBER), null, null, mode(DeliveryMode.EVERY_POST));
    world.command(new MemberChange.PutMembers(List.of(every)));
    assertThat(owed()).singleElement().asString().endsWith(OWED);
  }

  @Test
  void nothingWaitsForTheDigestsOfAListThatIsGone() {
    world.command(new MemberChange.ChangeOptions(ANN, mode(DeliveryMode.EVERY_POST), null));
    assertThat(world.command(new ListChange.DeleteList())).isInstanceOf(Done.class);
    assertThat(owed()).isEmpty();
    assertThat(world.tables.digestPosts().size()).isZero();
  }

  private List<String> owed() {
    return world.tables.seen().scan("", "", Integer.MAX_VALUE).stream()
        .map(Map.Entry::getKey)
        .filter(key -> key.contains("farewell"))
        .toList();
  }

  private static OptionsPatch mode(DeliveryMode mode) {
    return new OptionsPatch(mode, null, null, null, null, null, null, null, null);
  }
}
