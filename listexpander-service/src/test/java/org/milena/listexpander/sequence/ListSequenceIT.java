package org.milena.listexpander.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.HeldChange;
import org.milena.common.command.HeldChange.HeldDecision;
import org.milena.common.command.ListChange;
import org.milena.common.command.ListCommand;
import org.milena.common.command.MemberChange;
import org.milena.common.command.MemberChange.NewMember;
import org.milena.common.command.OutcomeRecord;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.AuditEntry;
import org.milena.common.event.Delivery;
import org.milena.common.event.Hold;
import org.milena.common.event.MailEvent;
import org.milena.common.event.MailEvent.Kind;
import org.milena.common.event.Topics;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.stage.MailReader.StoredMail;
import org.milena.common.stage.Stage;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.listexpander.fake.BreakingStage;
import org.milena.listexpander.fake.Fixtures;
import org.milena.listexpander.fake.Instance;
import org.milena.listexpander.incoming.ListMail;
import org.milena.testkit.kafka.SharedBroker;

/** The promises that need a real broker: one owner, no lost update, each effect once. */
class ListSequenceIT {
  private final EmbeddedKafka broker = SharedBroker.fresh();
  private final List<Instance> instances = new ArrayList<>();

  @AfterEach
  void stopAll() {
    instances.forEach(Instance::close);
    broker.close();
  }

  @Test
  void neitherOfTwoInstancesLosesAnUpdate() throws Exception {
    Instance a = start("a");
    Instance b = start("b");
    create(a);
    int workers = 8;
    int rounds = 5;
    List<Future<Integer>> running = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int worker = 0; worker < workers; worker++) {
        Instance mine = worker % 2 == 0 ? a : b;
        String name = "w" + worker;
        running.add(pool.submit(() -> work(mine, name, rounds)));
      }
      // meanwhile the lists change hands, twice
      b.stopStage();
      b.startStage();
      a.stopStage();
      a.startStage();
    }
    int sent = 1;
    for (Future<Integer> future : running) {
      sent += future.get();
    }
    for (Instance instance : instances) {
      instance.directory.awaitCurrent(Duration.ofSeconds(20));
      MailingList list = instance.directory.list(Fixtures.USERS_ID).orElseThrow();
      assertThat(list.description()).isEqualTo(String.valueOf(workers * rounds));
      assertThat(list.version()).isEqualTo(1 + workers * rounds);
      assertThat(instance.directory.memberCount(Fixtures.USERS_ID)).isEqualTo(workers * rounds);
    }
    // the audit is complete: each command has one outcome
    List<OutcomeRecord> outcomes = a.json(Topics.OUTCOMES, OutcomeRecord.class);
    assertThat(outcomes).extracting(OutcomeRecord::commandId).doesNotHaveDuplicates();
    assertThat(outcomes).hasSize(sent);
    assertThat(a.records(Topics.LISTS)).hasSize(sent);
    assertThat(a.json(Topics.AUDIT, AuditEntry.class))
        .extracting(AuditEntry::commandId)
        .containsExactlyInAnyOrderElementsOf(
            outcomes.stream().map(OutcomeRecord::commandId).toList());
    assertThat(a.records(Topics.DEAD_LETTERS)).isEmpty();
  }

  /** Adds members and counts in the description, each time from what is there. */
  private static int work(Instance instance, String name, int rounds) {
    int sent = 0;
    for (int round = 0; round < rounds; round++) {
      sent++;
      assertThat(put(instance, name + "-" + round + "@a.example"))
          .isInstanceOf(CommandOutcome.Done.class);
      CommandOutcome outcome;
      do {
        MailingList seen = instance.directory.list(Fixtures.USERS_ID).orElseThrow();
        int next = Integer.parseInt(seen.description()) + 1;
        outcome =
            instance.commands.send(
                Fixtures.USERS_ID,
                new ListChange.ChangeList(null, String.valueOf(next), null, seen.version()),
                name,
                "");
        sent++;
      } while (outcome instanceof CommandOutcome.Refused);
    }
    return sent;
  }

  @Test
  void aPostBehindASubscriptionSeesIt() {
    Instance a = start("a");
    create(a);
    a.stopStage();
    List<Future<CommandOutcome>> waiting = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      // both wait on the topic, so that one transaction holds the two
      waiting.add(pool.submit(() -> put(a, "ann@a.example")));
      Instance.await(() -> a.records(Topics.LISTS).size() == 2);
      a.publish(Fixtures.post("ann@a.example", "From: ann@a.example\n\nText\n"));
      a.startStage();
      Instance.await(() -> kinds(a).contains(Kind.EXPANDED));
    }
    assertThat(waiting.getFirst().resultNow()).isInstanceOf(CommandOutcome.Done.class);
    assertThat(recipients(a)).containsExactly("ann@a.example");
  }

  @Test
  void aMailThatIsSentTwiceIsPostedOnce() {
    Instance a = start("a");
    create(a);
    put(a, "ann@a.example");
    String text = "From: ann@a.example\nMessage-ID: <1@a.example>\n\nText\n";
    a.publish(Fixtures.post("ann@a.example", text));
    a.publish(Fixtures.post("ann@a.example", text));
    Instance.await(() -> kinds(a).contains(Kind.DUPLICATE));
    assertThat(a.records(Topics.POSTS)).hasSize(1);
    assertThat(recipients(a)).containsExactly("ann@a.example");
  }

  @Test
  void whatAnAbortedTransactionWroteIsWrittenOnce() {
    Set<String> broken = ConcurrentHashMap.newKeySet();
    Instance a = start("a", stage -> new BreakingStage(stage, broken));
    create(a);
    for (int i = 0; i < 6; i++) {
      put(a, "m" + i + "@d" + i % 3 + ".example");
    }
    for (int i = 0; i < 5; i++) {
      a.publish(Fixtures.post("m1@d1.example", "From: m1@d1.example\n\nText " + i + "\n"));
      a.publish(Fixtures.post("eve@e.example", "From: eve@e.example\n\nText " + i + "\n"));
    }
    Instance.await(() ->
        kinds(a).stream().filter(Kind.EXPANDED::equals).count() == 5
            && kinds(a).stream().filter(Kind.HELD::equals).count() == 5);
    assertThat(broken.size()).isGreaterThanOrEqualTo(17);
    assertThat(a.records(Topics.POSTS)).hasSize(5);
    assertThat(a.records(Topics.HELD)).hasSize(5);
    assertThat(recipients(a)).hasSize(5 * 6);
    assertThat(a.records(Topics.DEAD_LETTERS)).isEmpty();
    a.directory.awaitCurrent(Duration.ofSeconds(20));
    assertThat(a.directory.memberCount(Fixtures.USERS_ID)).isEqualTo(6);
  }

  @Test
  void deliveriesAndHoldsPointAtTheirMessages() {
    Instance a = start("a");
    create(a);
    put(a, "ann@a.example");
    ListMail held = Fixtures.post("eve@e.example", "From: eve@e.example\n\nText\n");
    a.publish(held);
    a.publish(Fixtures.post("ann@a.example", "From: ann@a.example\n\nText\n"));
    Instance.await(() -> kinds(a).contains(Kind.EXPANDED) && kinds(a).contains(Kind.HELD));
    Delivery delivery =
        a.json(Topics.DELIVERIES, Delivery.class).stream()
            .filter(one -> one.recipients().contains(MailAddress.of("ann@a.example")))
            .findFirst()
            .orElseThrow();
    StoredMail content = a.access.mailReader().read(delivery.content());
    assertThat(new String(content.message().toByteArray(), StandardCharsets.UTF_8))
        .contains("List-Id:")
        .contains("From: ann@a.example\r\n")
        .endsWith("\r\n\r\nText\r\n");

    a.directory.awaitCurrent(Duration.ofSeconds(20));
    Hold hold = a.tables.holds().scan("", "", 10).getFirst().getValue();
    assertThat(a.access.mailReader().read(hold.content()).message()).isEqualTo(held.message());
    assertThat(
            a.commands.send(
                Fixtures.USERS_ID,
                new HeldChange.DecideHeld(hold.holdId(), HeldDecision.ACCEPT, ""),
                "ann",
                ""))
        .isInstanceOf(CommandOutcome.Done.class);
    Instance.await(() -> a.records(Topics.POSTS).size() == 2);
  }

  @Test
  void ofTwoModeratorsAtTheSameMomentOneDecidesAndTheOtherIsTold() throws Exception {
    Instance a = start("a");
    Instance b = start("b");
    create(a);
    int posts = 10;
    for (int i = 0; i < posts; i++) {
      a.publish(Fixtures.post("eve@e.example", "From: eve@e.example\n\nText " + i + "\n"));
    }
    Instance.await(() -> kinds(a).stream().filter(Kind.HELD::equals).count() == posts);
    a.directory.awaitCurrent(Duration.ofSeconds(20));
    List<Future<CommandOutcome>> outcomes = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var row : a.tables.holds().scan("", "", posts)) {
        for (Instance mine : List.of(a, b)) {
          HeldDecision decision = mine.equals(a) ? HeldDecision.ACCEPT : HeldDecision.DISCARD;
          ListCommand command = new HeldChange.DecideHeld(row.getKey(), decision, "");
          String actor = mine.equals(a) ? "ann" : "bob";
          outcomes.add(
              pool.submit(() -> mine.commands.send(Fixtures.USERS_ID, command, actor, "")));
        }
      }
    }
    for (int i = 0; i < outcomes.size(); i += 2) {
      CommandOutcome ann = outcomes.get(i).get();
      CommandOutcome bob = outcomes.get(i + 1).get();
      assertThat(List.of(ann, bob)).hasOnlyElementsOfTypes(Done.class, Refused.class);
      assertThat(ann instanceof Done).isNotEqualTo(bob instanceof Done);
      assertThat(ann instanceof Refused(var code, var text, _) ? code + text : "decided by bob")
          .startsWith("decided")
          .contains("by bob");
      assertThat(bob instanceof Refused(var code, var text, _) ? code + text : "decided by ann")
          .startsWith("decided")
          .contains("by ann");
    }
    long accepted = kinds(a).stream().filter(Kind.ACCEPTED::equals).count();
    long discarded = kinds(a).stream().filter(Kind.DISCARDED::equals).count();
    assertThat(accepted + discarded).isEqualTo(posts);
    assertThat(a.records(Topics.POSTS)).hasSize((int) accepted);
    assertThat(a.records(Topics.DEAD_LETTERS)).isEmpty();
  }

  @Test
  void aPostToManyMembersIsOneTransactionWithEachOfThemOnce() {
    Instance a = start("a");
    create(a);
    for (int chunk = 0; chunk < 20; chunk++) {
      List<NewMember> members = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        members.add(
            NewMember.of(
                MailAddress.of("m" + (chunk * 500 + i) + "@d" + i % 50 + ".example"),
                "",
                Set.of(MemberRole.MEMBER)));
      }
      assertThat(
              a.commands.send(
                  Fixtures.USERS_ID, new MemberChange.PutMembers(members), "import", ""))
          .isInstanceOf(CommandOutcome.Done.class);
    }
    a.publish(Fixtures.post("m0@d0.example", "From: m0@d0.example\n\nText\n"));
    Instance.await(() -> kinds(a).contains(Kind.EXPANDED));
    List<String> all = recipients(a);
    assertThat(all).hasSize(10_000);
    assertThat(new HashSet<>(all)).hasSize(10_000);
    assertThat(a.records(Topics.OUTGOING)).hasSize(1);
  }

  private Instance start(String name) {
    return start(name, stage -> stage);
  }

  private Instance start(String name, UnaryOperator<Stage> around) {
    Instance instance = new Instance(broker.bootstrapServers(), name, around);
    instances.add(instance);
    return instance;
  }

  private static void create(Instance instance) {
    assertThat(
            instance.commands.send(
                Fixtures.USERS_ID,
                new ListChange.CreateList(Fixtures.USERS, "Users", "0", ListSettings.DISCUSSION),
                "admin",
                ""))
        .isInstanceOf(CommandOutcome.Done.class);
  }

  private static CommandOutcome put(Instance instance, String address) {
    return instance.commands.send(
        Fixtures.USERS_ID,
        new MemberChange.PutMembers(
            List.of(NewMember.of(MailAddress.of(address), "", Set.of(MemberRole.MEMBER)))),
        "admin",
        "");
  }

  private static List<Kind> kinds(Instance instance) {
    return instance.json(Topics.EVENTS, MailEvent.class).stream().map(MailEvent::kind).toList();
  }

  private static List<String> recipients(Instance instance) {
    return instance.json(Topics.DELIVERIES, Delivery.class).stream()
        .flatMap(delivery -> delivery.recipients().stream())
        .map(MailAddress::toString)
        .toList();
  }
}
