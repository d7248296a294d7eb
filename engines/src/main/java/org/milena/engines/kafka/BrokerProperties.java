package org.milena.engines.kafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * The settings of a single node, each block with its reason. {@code BrokerPropertiesTest} holds
 * every name against the broker's own list, because the broker ignores a name it does not know.
 */
final class BrokerProperties {

  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private BrokerProperties() {}

  static Properties of(
      Path logFolder, int brokerPort, int controllerPort, Map<String, String> overrides) {
    Properties all = new Properties();
    all.putAll(identity(logFolder, brokerPort, controllerPort));
    all.putAll(oneReplica());
    all.putAll(durability());
    all.putAll(groupsAndTransactions());
    all.putAll(largeMessages());
    all.putAll(smallMachine());
    all.putAll(overrides);
    return all;
  }

  /**
   * The quorum is named by a static list of one voter, not by a dynamic quorum, because a static
   * voter's address may change between starts: only its id is in the log.
   */
  private static Map<String, String> identity(Path logFolder, int brokerPort, int controllerPort) {
    String broker = "PLAINTEXT://127.0.0.1:" + brokerPort;
    String controller = CONTROLLER_LISTENER + "://127.0.0.1:" + controllerPort;
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", Integer.toString(NODE_ID)),
        Map.entry("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort),
        Map.entry("listeners", broker + "," + controller),
        Map.entry("advertised.listeners", broker),
        Map.entry(
            "listener.security.protocol.map",
            "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT"),
        Map.entry("controller.listener.names", CONTROLLER_LISTENER),
        Map.entry("inter.broker.listener.name", "PLAINTEXT"),
        Map.entry("log.dirs", logFolder.toString()));
  }

  /** Kafka's defaults ask for three brokers; share groups, for one, would wait for ever. */
  private static Map<String, String> oneReplica() {
    return Map.ofEntries(
        Map.entry("default.replication.factor", "1"),
        Map.entry("min.insync.replicas", "1"),
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("offsets.topic.num.partitions", "4"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("transaction.state.log.num.partitions", "4"),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        Map.entry("share.coordinator.state.topic.num.partitions", "4"));
  }

  /**
   * No second replica holds what the page cache has not written yet, so everything is flushed each
   * second. The interval alone does nothing: the task that looks at it runs by the other setting,
   * which is "never" by default. Time deletes nothing unless a topic says so.
   */
  private static Map<String, String> durability() {
    return Map.ofEntries(
        Map.entry("log.flush.interval.ms", "1000"),
        Map.entry("log.flush.scheduler.interval.ms", "1000"),
        Map.entry("log.retention.ms", "-1"),
        Map.entry("log.cleaner.enable", "true"),
        Map.entry("offsets.retention.minutes", Integer.toString(Integer.MAX_VALUE)),
        Map.entry("auto.create.topics.enable", "false"),
        Map.entry("delete.topic.enable", "true"));
  }

  /**
   * Groups wait for nobody at their first rebalance. A stage's transaction lasts seconds: one whose
   * owner died is aborted soon, for until then nobody reads past it.
   */
  private static Map<String, String> groupsAndTransactions() {
    return Map.ofEntries(
        Map.entry("group.coordinator.rebalance.protocols", "classic,consumer"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        // A stage that was killed gives its partitions back after this, also to its next life.
        Map.entry("group.consumer.min.session.timeout.ms", "3000"),
        Map.entry("group.consumer.session.timeout.ms", "6000"),
        Map.entry("group.consumer.min.heartbeat.interval.ms", "500"),
        Map.entry("group.consumer.heartbeat.interval.ms", "1000"),
        Map.entry("transaction.max.timeout.ms", "60000"),
        Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "2000"),
        // A stage that had no mail for weeks keeps its id; the greatest value there is (24 days).
        Map.entry("transactional.id.expiration.ms", Integer.toString(Integer.MAX_VALUE)));
  }

  /**
   * A mail of 25 MiB and what is added on its way; a site may go up to 100 MiB. A topic's own
   * {@code max.message.bytes} rules; this is for topics without one, and so that no broker limit is
   * below it. Requests in memory are bounded as a whole, because a few dozen large mails at once
   * would be the whole heap; the bound can't be below the greatest request.
   */
  private static Map<String, String> largeMessages() {
    return Map.ofEntries(
        Map.entry("message.max.bytes", mebibytes(32)),
        Map.entry("replica.fetch.max.bytes", mebibytes(32)),
        Map.entry("replica.fetch.response.max.bytes", mebibytes(64)),
        Map.entry("fetch.max.bytes", mebibytes(64)),
        Map.entry("socket.request.max.bytes", mebibytes(112)),
        Map.entry("queued.max.request.bytes", mebibytes(112)),
        Map.entry("queued.max.requests", "100"),
        Map.entry("socket.send.buffer.bytes", "-1"),
        Map.entry("socket.receive.buffer.bytes", "-1"));
  }

  /** Threads, buffers and idle work for two cores and a quarter of a gigabyte. */
  private static Map<String, String> smallMachine() {
    return Map.ofEntries(
        Map.entry("num.partitions", "4"),
        Map.entry("num.network.threads", "2"),
        Map.entry("num.io.threads", "4"),
        Map.entry("background.threads", "2"),
        Map.entry("num.recovery.threads.per.data.dir", "2"),
        Map.entry("num.replica.fetchers", "1"),
        Map.entry("group.coordinator.threads", "1"),
        Map.entry("share.coordinator.threads", "1"),
        Map.entry("log.cleaner.threads", "1"),
        // 128 MiB of heap by default; this remembers some 300,000 keys in one pass.
        Map.entry("log.cleaner.dedupe.buffer.size", mebibytes(8)),
        Map.entry("log.cleaner.io.buffer.size", Integer.toString(256 * 1024)),
        // After a kill the controller takes the new broker only when the old one counts as dead.
        Map.entry("broker.session.timeout.ms", "4500"),
        Map.entry("broker.heartbeat.interval.ms", "1000"),
        Map.entry("metadata.log.segment.bytes", mebibytes(16)),
        // A record each half second, fsynced, by default: an idle disk should sleep.
        Map.entry("metadata.max.idle.interval.ms", "5000"));
  }

  private static String mebibytes(int count) {
    return Integer.toString(count * 1024 * 1024);
  }
}
