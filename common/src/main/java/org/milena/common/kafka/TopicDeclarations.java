package org.milena.common.kafka;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.milena.common.event.Topics;

/** All topics and how each is kept, on one screen (docs/architecture.md, Topics). */
final class TopicDeclarations {
  private static final long DAY = 24L * 60 * 60 * 1000;

  private final KafkaSettings settings;
  private final List<TopicDeclaration> all = new ArrayList<>();

  private TopicDeclarations(KafkaSettings settings) {
    this.settings = settings;
  }

  static List<TopicDeclaration> of(KafkaSettings settings) {
    TopicDeclarations topics = new TopicDeclarations(settings);
    int many = settings.partitions();
    // One fsync is shared by all sends that meet in a partition: few partitions make a faster edge.
    int few = settings.replication() == 1 ? 2 : many;
    return topics.declare(many, few);
  }

  private List<TopicDeclaration> declare(int many, int few) {
    // Work: time never deletes it, the janitor trims behind the slowest reader.
    work(Topics.RECEIVED, few, true);
    work(Topics.LISTS, many, false);
    work(Topics.OUTGOING, many, false);
    work(Topics.DELIVERIES, many, false);
    work(Topics.HELD, 1, false);
    work(Topics.DIGESTS, 1, false);
    add(Topics.DEAD_LETTERS, 1, settings.maxDeadLetterSize(), "delete", -1, "set-aside mail");
    // For good.
    compactedInAWeek(Topics.POSTS, many, "the archive");
    add(Topics.AUDIT, many, settings.maxRecordSize(), "delete", -1, "who changed what");
    // State.
    table(Topics.DEFERRED, many, "mail that waits for its next try");
    table(Topics.HOLDS, 1, "which posts are held");
    table(Topics.SEEN, many, "which posts were expanded, so they could be sent twice");
    table(Topics.PENDING, 1, "which requests wait for a confirmation");
    table(Topics.STATE, 1, "the numbers of posts and digests");
    table(Topics.BOUNCES, many, "how often copies came back");
    table(Topics.DIGEST_POSTS, 1, "which posts wait for a digest");
    table(Topics.LOCKS, 1, "which threads are closed");
    table(Topics.TRACKED, 1, "of which posts authors wait to hear");
    table(Topics.REMOVALS, 1, "which posts the archive must never show again");
    table(Topics.WISHES, 1, "which threads members follow or mute");
    table(Topics.DIRECTORY_LISTS, 1, "the lists");
    table(Topics.DIRECTORY_MEMBERS, many, "the members of lists");
    table(Topics.DIRECTORY_ACCOUNTS, 1, "the accounts");
    table(Topics.DIRECTORY_SUPPRESSIONS, 1, "which addresses nothing may be sent to");
    table(Topics.DIRECTORY_CLAIMS, 1, "which addresses lists were renamed to");
    table(Topics.DIRECTORY_DOMAINS, 1, "the domains, and what holds for the whole site");
    table(Topics.DIRECTORY_TEMPLATES, 1, "the texts that owners wrote");
    table(Topics.DIRECTORY_SOURCES, 1, "the members that come from the web, until the next hour");
    compactedInAWeek(Topics.SEARCHES, 1, "the searches that accounts keep");
    table(Topics.SITE, 1, "what instances must agree on");
    // Told for a while.
    history(Topics.QUARANTINE, 1, 30, settings.maxRecordSize());
    history(Topics.DELIVERY_RESULTS, many, 30, settings.maxRecordSize());
    history(Topics.EVENTS, many, 30, settings.maxRecordSize());
    history(Topics.OUTCOMES, 1, 1, settings.maxRecordSize());
    return List.copyOf(all);
  }

  private void work(String name, int partitions, boolean flushed) {
    add(name, partitions, settings.maxRecordSize(), "delete", -1, "mail that waits for its turn");
    if (flushed && settings.replication() == 1) {
      TopicDeclaration last = all.removeLast();
      Map<String, String> config = new LinkedHashMap<>(last.config());
      config.put(TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG, "1");
      all.add(
          new TopicDeclaration(
              name, partitions, last.replicas(), config, "acknowledged mail at a loss of power"));
    }
  }

  /**
   * What was taken out, or is nobody's any more, is not to stay in the log for want of new rows.
   */
  private void compactedInAWeek(String name, int partitions, String lost) {
    add(name, partitions, settings.maxRecordSize(), "compact", -1, lost);
    TopicDeclaration last = all.removeLast();
    Map<String, String> config = new LinkedHashMap<>(last.config());
    config.put(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, Long.toString(7 * DAY));
    all.add(new TopicDeclaration(last.name(), partitions, last.replicas(), config, lost));
  }

  private void table(String name, int partitions, String lost) {
    add(name, partitions, settings.maxRecordSize(), "compact", -1, lost);
  }

  private void history(String name, int partitions, int days, int maxRecord) {
    add(name, partitions, maxRecord, "delete", days * DAY, "what happened to mail");
  }

  private void add(
      String name, int partitions, int maxRecord, String policy, long retention, String lost) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put(TopicConfig.CLEANUP_POLICY_CONFIG, policy);
    config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention));
    config.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
    config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxRecord));
    config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(settings.minInSync()));
    config.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
    if (policy.equals("compact")) {
      // A reader that was away for less than this sees every deletion.
      config.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(7 * DAY));
    }
    all.add(new TopicDeclaration(name, partitions, (short) settings.replication(), config, lost));
  }
}
