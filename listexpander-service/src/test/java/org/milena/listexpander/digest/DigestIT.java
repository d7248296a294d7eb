package org.milena.listexpander.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandRecord;
import org.milena.common.command.ListChange;
import org.milena.common.command.ListCommand;
import org.milena.common.command.MemberChange;
import org.milena.common.command.MemberChange.NewMember;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.event.Delivery;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailEvent.Kind;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Stage;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.listexpander.fake.BreakingStage;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.Instance;
import org.milena.testkit.kafka.SharedBroker;

/** Digests on a real broker: each post once, however often the owner of the list dies. */
class DigestIT {
  private static final Pattern NAME = Pattern.compile("Message-ID: <(\\d+)@a\\.example>");
  private static final int POSTS = 12;

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private final List<Instance> instances = new ArrayList<>();

  @AfterEach
  void stopAll() {
    instances.forEach(Instance::close);
    broker.close();
  }

  @Test
  void noDigestIsSentTwiceAndNoneIsLostWhenEveryTransactionBreaksOnce() {
    Set<String> broken = ConcurrentHashMap.newKeySet();
    Instance a = start("a", stage -> new BreakingStage(stage, broken));
    create(a);
    put(a, "mime@a.example", DeliveryMode.MIME_DIGEST);
    put(a, "plain@p.example", DeliveryMode.PLAIN_DIGEST);
    for (int i = 1; i <= POSTS; i++) {
      post(a, i);
      remind(a);
      remind(a);
    }
    Instance.await(() -> a.tables.seen().size() >= POSTS);
    assertThat(doChores(a)).isInstanceOf(CommandOutcome.Done.class);
    assertThat(broken.size()).isGreaterThanOrEqualTo(3 * POSTS);
    assertEachPostOnce(a);
  }

  @Test
  void anotherInstanceGoesOnWhereOneStopped() {
    Instance a = start("a", UnaryOperator.identity());
    create(a);
    put(a, "mime@a.example", DeliveryMode.MIME_DIGEST);
    put(a, "plain@p.example", DeliveryMode.PLAIN_DIGEST);
    post(a, 1);
    post(a, 2);
    Instance.await(() -> a.tables.digestPosts().size() == 2);
    a.stopStage();
    Instance b = start("b", UnaryOperator.identity());
    for (int i = 3; i <= POSTS; i++) {
      post(b, i);
    }
    Instance.await(() -> b.tables.digestPosts().size() == POSTS);
    remind(b);
    remind(b);
    Instance.await(() -> issues(b).size() == 2);
    assertThat(doChores(b)).isInstanceOf(CommandOutcome.Done.class);
    assertEachPostOnce(b);
  }

  @Test
  void aPostRightBehindTheFirstReaderOfDigestsWaits() {
    Instance a = start("a", UnaryOperator.identity());
    create(a);
    put(a, "ann@a.example", DeliveryMode.EVERY_POST);
    a.stopStage();
    // both lie on the topic, so that one transaction holds the two
    publish(a, putCommand("ann@a.example", DeliveryMode.MIME_DIGEST));
    post(a, 1);
    a.startStage();
    Instance.await(() -> kinds(a).contains(Kind.EXPANDED));
    Instance.await(() -> a.tables.digestPosts().size() == 1);
    assertThat(a.json(Topics.DELIVERIES, Delivery.class)).isEmpty();
  }

  /** Each post in one digest of each form, the issues without a gap, and nothing waits. */
  private static void assertEachPostOnce(Instance instance) {
    Set<String> all = new HashSet<>();
    for (int i = 1; i <= POSTS; i++) {
      all.add(String.valueOf(i));
    }
    List<String> inMime = new ArrayList<>();
    List<String> inPlain = new ArrayList<>();
    for (Delivery delivery : instance.json(Topics.DELIVERIES, Delivery.class)) {
      String text =
          new String(
              instance.access.mailReader().read(delivery.content()).message().toByteArray(),
              StandardCharsets.ISO_8859_1);
      (text.contains("multipart/digest") ? inMime : inPlain)
          .addAll(NAME.matcher(text).results().map(name -> name.group(1)).toList());
    }
    assertThat(inMime).containsExactlyInAnyOrderElementsOf(all);
    assertThat(inPlain).containsExactlyInAnyOrderElementsOf(all);
    List<String> issues = issues(instance);
    assertThat(
            issues.stream()
                .map(text -> Integer.valueOf(text.replaceAll(".*Issue (\\d+), with.*", "$1")))
                .collect(Collectors.groupingBy(number -> number, Collectors.counting())))
        .hasSize(issues.size() / 2)
        .containsOnlyKeys(IntStream.rangeClosed(1, issues.size() / 2).boxed().toList())
        .values()
        .containsOnly(2L);
    instance.tables.awaitCurrent(Duration.ofSeconds(20));
    assertThat(instance.tables.digestPosts().size()).isZero();
    assertThat(instance.tables.states().get(Fixtures.USERS_ID.value()).orElseThrow().issue())
        .isEqualTo(1 + issues.size() / 2);
    assertThat(instance.records(Topics.DEAD_LETTERS)).isEmpty();
  }

  /** What the stories of digests say. */
  private static List<String> issues(Instance instance) {
    return instance.json(Topics.EVENTS, MailEvent.class).stream()
        .map(MailEvent::text)
        .filter(text -> text.startsWith("Users Digest, Vol 1, Issue "))
        .toList();
  }

  private static List<Kind> kinds(Instance instance) {
    return instance.json(Topics.EVENTS, MailEvent.class).stream().map(MailEvent::kind).toList();
  }

  private static void post(Instance instance, int number) {
    instance.publish(
        Fixtures.post(
            "ann@a.example",
            "From: ann@a.example\nMessage-ID: <%1$d@a.example>\n\nText %1$d\n".formatted(number)));
  }

  private static void remind(Instance instance) {
    publish(instance, new ListChange.DoChores());
  }

  /** Sends a command for whose outcome nobody waits. */
  private static void publish(Instance instance, ListCommand command) {
    var position =
        instance
            .access
            .publisher()
            .publish(
                MailRecords.json(
                    Topics.LISTS,
                    Fixtures.USERS_ID.value(),
                    RecordType.COMMAND,
                    new CommandRecord(
                        Fixtures.newId().toString(),
                        Fixtures.USERS_ID,
                        "system",
                        "clock",
                        Fixtures.NOW,
                        command)))
            .join();
    assertThat(position.topic()).isEqualTo(Topics.LISTS);
  }

  private static CommandOutcome doChores(Instance instance) {
    return instance.commands.send(Fixtures.USERS_ID, new ListChange.DoChores(), "system", "clock");
  }

  private Instance start(String name, UnaryOperator<Stage> around) {
    Instance instance = new Instance(broker.bootstrapServers(), name, around);
    instances.add(instance);
    return instance;
  }

  private static void create(Instance instance) {
    ListSettings everyThree =
        ListSettings.DISCUSSION
            .with("digestPosts", 3)
            .with("digestSizeKb", 0)
            .with("digestHour", -1)
            .with("nonMemberAction", "ACCEPT");
    assertThat(
            instance.commands.send(
                Fixtures.USERS_ID,
                new ListChange.CreateList(Fixtures.USERS, "Users", "", everyThree),
                "admin",
                ""))
        .isInstanceOf(CommandOutcome.Done.class);
  }

  private static void put(Instance instance, String address, DeliveryMode mode) {
    assertThat(instance.commands.send(Fixtures.USERS_ID, putCommand(address, mode), "admin", ""))
        .isInstanceOf(CommandOutcome.Done.class);
  }

  private static ListCommand putCommand(String address, DeliveryMode mode) {
    return new MemberChange.PutMembers(
        List.of(
            new NewMember(
                MailAddress.of(address),
                "",
                Set.of(MemberRole.MEMBER),
                null,
                null,
                OptionsPatch.delivery(mode))));
  }
}
