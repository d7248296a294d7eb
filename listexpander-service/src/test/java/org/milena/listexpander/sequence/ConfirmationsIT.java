package org.milena.listexpander.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.ListChange;
import org.milena.common.command.OutcomeRecord;
import org.milena.common.command.RequestChange;
import org.milena.common.event.Delivery;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.engines.kafka.EmbeddedKafka;
import org.milena.listexpander.fake.Instance;
import org.milena.testkit.kafka.SharedBroker;

/** Lists of different owners, asked at the same moment, send one confirmation together. */
class ConfirmationsIT {
  private static final int LISTS = 6;
  private static final int ADDRESSES = 12;

  private final EmbeddedKafka broker = SharedBroker.fresh();
  private final List<Instance> instances = new ArrayList<>();

  @AfterEach
  void stopAll() {
    instances.forEach(Instance::close);
    broker.close();
  }

  @Test
  void anAddressAskedForOnManyListsAtOnceGetsOneMail() throws Exception {
    Instance a = start("a");
    Instance b = start("b");
    for (int list = 0; list < LISTS; list++) {
      assertThat(
              a.commands.send(
                  id(list),
                  new ListChange.CreateList(address(list), "L", "", ListSettings.DISCUSSION),
                  "admin",
                  ""))
          .isInstanceOf(CommandOutcome.Done.class);
    }
    b.directory.awaitCurrent(java.time.Duration.ofSeconds(20));
    CountDownLatch together = new CountDownLatch(1);
    List<Future<CommandOutcome>> asked = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int address = 0; address < ADDRESSES; address++) {
        MailAddress joining = MailAddress.of("v" + address + "@v.example");
        for (int list = 0; list < LISTS; list++) {
          Instance through = list % 2 == 0 ? a : b;
          ListId id = id(list);
          asked.add(
              pool.submit(() -> {
                together.await();
                return through.commands.send(
                    id, new RequestChange.Subscribe(joining, ""), "anonymous", "198.51.100.7");
              }));
        }
      }
      together.countDown();
      // meanwhile those who count change hands
      b.stopStage();
      b.startStage();
    }
    String answer = ((CommandOutcome.Done) asked.getFirst().get()).text();
    for (Future<CommandOutcome> one : asked) {
      assertThat(one.get()).isEqualTo(new CommandOutcome.Done(answer, 0));
    }
    // each request passes network and domain, and is sent or dropped by its address
    int all = LISTS + LISTS * ADDRESSES * 4;
    Instance.await(() -> a.records(Topics.OUTCOMES).size() >= all);
    assertThat(a.json(Topics.OUTCOMES, OutcomeRecord.class))
        .extracting(OutcomeRecord::commandId)
        .doesNotHaveDuplicates()
        .hasSize(all);
    List<MailAddress> recipients =
        a.json(Topics.DELIVERIES, Delivery.class).stream()
            .flatMap(delivery -> delivery.recipients().stream())
            .toList();
    assertThat(recipients).doesNotHaveDuplicates().hasSize(ADDRESSES);
    assertThat(a.records(Topics.DEAD_LETTERS)).isEmpty();
  }

  private Instance start(String name) {
    Instance instance = new Instance(broker.bootstrapServers(), name);
    instances.add(instance);
    return instance;
  }

  private static MailAddress address(int list) {
    return MailAddress.of("l" + list + "@lists.example.org");
  }

  private static ListId id(int list) {
    return ListId.forAddress(address(list));
  }
}
