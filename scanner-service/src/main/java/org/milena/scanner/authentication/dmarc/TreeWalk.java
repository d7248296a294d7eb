package org.milena.scanner.authentication.dmarc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milena.scanner.authentication.dmarc.DmarcRecord.Suffix;
import org.milena.scanner.authentication.lookup.Answer;
import org.milena.scanner.authentication.lookup.NameLookup;

/**
 * The walk up the tree of names to the domains that publish a policy (RFC 9989 section 4.10). At
 * most eight questions for a name; none is asked twice. For one message, and one thread.
 */
final class TreeWalk {

  /** A longer name is cut to this many labels after the first question. */
  private static final int LABELS_AFTER_FIRST = 7;

  private final NameLookup names;
  private final Map<String, Node> known = new HashMap<>();

  TreeWalk(NameLookup names) {
    this.names = names;
  }

  /** What one name of the tree holds. */
  sealed interface Node {

    /** One record of DMARC. */
    record Record(DmarcRecord record) implements Node {}

    /** None, or several, which count as none. */
    record Nothing() implements Node {}

    /** Nobody knows. */
    record Unknown(String reason) implements Node {}
  }

  /** A domain with its record. */
  record Publisher(String domain, DmarcRecord record) {

    /**
     * Whether others register below it. A top-level domain is such whatever its record says: no two
     * of those below it belong together.
     */
    boolean isSuffix() {
      return record.suffix() == Suffix.YES || domain.indexOf('.') < 0;
    }
  }

  /** Where a walk led. */
  sealed interface Path {

    /**
     * To its end.
     *
     * @param publishers the longest name first
     * @param organization the organizational domain (RFC 9989 section 4.10.2)
     */
    record Complete(List<Publisher> publishers, String organization) implements Path {

      /** Whose policy counts, if the start itself has none (RFC 9989 section 4.10.1). */
      Optional<Publisher> inherited() {
        for (Publisher publisher : publishers) {
          if (publisher.domain().equals(organization)) {
            return Optional.of(publisher);
          }
        }
        return publishers.isEmpty()
            ? Optional.empty()
            : Optional.of(publishers.getLast()).filter(Publisher::isSuffix);
      }
    }

    /** To a name server that does not answer. */
    record Blocked(String reason) implements Path {}
  }

  /** The record of one domain. */
  Node at(String domain) {
    return known.computeIfAbsent(domain, this::ask);
  }

  private Node ask(String domain) {
    Answer<String> answer = names.txt("_dmarc." + domain);
    if (answer instanceof Answer.Trouble<String>(var reason)) {
      return new Node.Unknown(reason);
    }
    List<DmarcRecord> records =
        answer.orNone().stream().flatMap(text -> DmarcRecord.parse(text).stream()).toList();
    return records.size() == 1 ? new Node.Record(records.getFirst()) : new Node.Nothing();
  }

  /** Walks up from a domain. */
  Path from(String start) {
    List<Publisher> publishers = new ArrayList<>();
    for (String domain : steps(start)) {
      switch (at(domain)) {
        case Node.Unknown(var reason) -> {
          return new Path.Blocked(reason);
        }
        case Node.Nothing() -> {}
        case Node.Record(var record) -> {
          publishers.add(new Publisher(domain, record));
          if (record.suffix() != Suffix.UNKNOWN) {
            return complete(start, publishers);
          }
        }
      }
    }
    return complete(start, publishers);
  }

  private static Path complete(String start, List<Publisher> publishers) {
    if (publishers.isEmpty()) {
      return new Path.Complete(publishers, start);
    }
    // a record that says what it is ends the walk, so only the last one can
    Publisher last = publishers.getLast();
    boolean above = last.isSuffix() && !last.domain().equals(start);
    return new Path.Complete(
        List.copyOf(publishers), above ? oneBelow(last.domain(), start) : last.domain());
  }

  private static String oneBelow(String suffix, String start) {
    int end = start.length() - suffix.length() - 1;
    return start.substring(start.lastIndexOf('.', end - 1) + 1);
  }

  /** The names to ask, in their order. */
  static List<String> steps(String start) {
    List<String> labels = List.of(start.split("\\.", -1));
    List<String> steps = new ArrayList<>();
    steps.add(start);
    int first = Math.max(1, labels.size() - LABELS_AFTER_FIRST);
    for (int i = first; i < labels.size(); i++) {
      steps.add(String.join(".", labels.subList(i, labels.size())));
    }
    return steps;
  }
}
