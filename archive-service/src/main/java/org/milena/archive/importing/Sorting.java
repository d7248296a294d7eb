package org.milena.archive.importing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.archive.message.MessageParser;
import org.milena.archive.post.RemovedPosts;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.Removal;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MessageId;
import org.milena.common.mail.RawMessage;

/** Finds out which messages are new to a list, which are there, and what is odd about them. */
final class Sorting {
  private static final List<String> FIELDS =
      List.of("From", "Date", "Subject", "Message-ID", "Received", "To", "Sender");

  private final MessageParser parser = new MessageParser();
  private final KnownPosts known;
  private final RemovedPosts removals;
  private final Backlog backlog;
  private final RecentPosts recent;
  private final OwnLinks own;

  Sorting(
      KnownPosts known, RemovedPosts removals, Backlog backlog, RecentPosts recent, OwnLinks own) {
    this.known = known;
    this.removals = removals;
    this.backlog = backlog;
    this.recent = recent;
    this.own = own;
  }

  /** A post that is new. */
  record Fresh(ForeignPost post, ArchiveId id, String messageId, Instant receivedAt) {}

  /** A message, and what its header says. */
  private record Candidate(
      ForeignPost post,
      HeaderBlock header,
      String messageId,
      ArchiveId id,
      Optional<ArchiveId> claim) {}

  /** The messages of one request. */
  Session session(PostImport.Request request, Tally tally) {
    return new Session(request, tally);
  }

  /** Sorts one request's batches, in their order. */
  final class Session {
    private final PostImport.Request request;
    private final Tally tally;

    /** Names of what is on its way to the log, with the digest of it. */
    private final Map<String, String> pending = new HashMap<>();

    private @Nullable Instant lastDate;

    private Session(PostImport.Request request, Tally tally) {
      this.request = request;
      this.tally = tally;
    }

    List<Fresh> sort(List<ForeignPost> batch, Instant now) {
      List<Candidate> candidates = new ArrayList<>();
      batch.forEach(post -> candidate(post).ifPresent(candidates::add));
      Set<ArchiveId> ids = new HashSet<>();
      Set<String> messageIds = new HashSet<>();
      Set<ArchiveId> claims = new HashSet<>();
      for (Candidate candidate : candidates) {
        ids.add(candidate.id());
        candidate.claim().ifPresent(claims::add);
        if (!candidate.messageId().isEmpty()) {
          messageIds.add(candidate.messageId());
        }
      }
      ids.addAll(claims);
      Map<ArchiveId, String> digests = new HashMap<>(known.digests(ids));
      claims.removeAll(digests.keySet());
      if (!claims.isEmpty()) {
        // a post that the index does not know yet must not be replaced by what says it is the same
        backlog.awaitIndexed(request.list());
        digests.putAll(known.digests(claims));
      }
      Set<String> used = known.messageIds(request.list(), messageIds);
      Map<String, Removal> takenOut = takenOut(request.list());
      List<Fresh> fresh = new ArrayList<>();
      for (Candidate candidate : candidates) {
        fresh(candidate, digests, used, takenOut, now).ifPresent(fresh::add);
      }
      return fresh;
    }

    /** The log has it. */
    void settled(Fresh post, Instant now) {
      for (String name : names(post.id(), post.messageId())) {
        pending.remove(name);
        recent.add(name, post.post().raw().sha256(), now);
      }
    }

    private Optional<Candidate> candidate(ForeignPost post) {
      if (post.isPrivate() && !request.takePrivate()) {
        tally.skipped(OddKind.PRIVATE, post.place(), "");
        return Optional.empty();
      }
      HeaderBlock header = HeaderBlock.of(post.raw());
      if (FIELDS.stream().noneMatch(header::has)) {
        tally.skipped(OddKind.NOT_A_MESSAGE, post.place(), firstLine(post.raw()));
        return Optional.empty();
      }
      String messageId =
          header
              .first("Message-ID")
              .flatMap(field -> MessageId.parse(field.value()))
              .map(MessageId::value)
              .orElse("");
      return Optional.of(
          new Candidate(
              post,
              header,
              messageId,
              ArchiveId.compute(request.list(), messageId, post.raw().sha256()),
              own.claim(header, request.list())));
    }

    private Optional<Fresh> fresh(
        Candidate candidate,
        Map<ArchiveId, String> digests,
        Set<String> used,
        Map<String, Removal> takenOut,
        Instant now) {
      String place = candidate.post().place();
      ArchiveId id = candidate.id();
      ArchiveId claim = candidate.claim().orElse(null);
      Optional<Removal> removal = removals.of(request.list(), claim == null ? id : claim);
      if (removal.filter(Removal::isGone).isPresent()) {
        return removed(place, removal.get());
      }
      if (claim != null) {
        String kept = digests.getOrDefault(claim, underway(id(claim), now));
        if (kept == null) {
          id = claim;
        } else if (isSame(kept, candidate.post().raw())) {
          tally.present();
          return Optional.empty();
        } else if (removal.isPresent()) {
          return removed(place, removal.get());
        } else {
          tally.odd(OddKind.OTHER_CONTENT, place, claim.value());
        }
      }
      if (digests.containsKey(id) || underway(id(id), now) != null) {
        tally.present();
        return Optional.empty();
      }
      if (removal.isEmpty()) {
        // another archive's copy of it has other octets, and so another id
        removal = Optional.ofNullable(takenOut.get(candidate.messageId()));
      }
      if (removal.isPresent() && !isWhatIsLeft(removal.get(), candidate.post().raw())) {
        // as it was before it, or something of it, was taken out
        return removed(place, removal.get());
      }
      if (candidate.messageId().isEmpty()) {
        tally.odd(OddKind.NO_MESSAGE_ID, place, subject(candidate.header()));
      } else if (used.contains(candidate.messageId())
          || underway(messageId(candidate.messageId()), now) != null) {
        tally.odd(OddKind.SAME_MESSAGE_ID, place, candidate.messageId());
      }
      List<String> defects = parser.defects(candidate.post().raw());
      if (!defects.isEmpty()) {
        tally.odd(OddKind.DEFECTS, place, defects.getFirst());
      }
      Fresh post = new Fresh(candidate.post(), id, candidate.messageId(), date(candidate, now));
      for (String name : names(id, candidate.messageId())) {
        pending.put(name, candidate.post().raw().sha256());
      }
      return Optional.of(post);
    }

    private Optional<Fresh> removed(String place, Removal removal) {
      tally.skipped(OddKind.REMOVED, place, removal.reason());
      return Optional.empty();
    }

    private Instant date(Candidate candidate, Instant now) {
      PostedAt.Found found = PostedAt.of(candidate.header(), candidate.post().receivedAt(), now);
      if (found.oddity() != null) {
        tally.odd(
            found.oddity(),
            candidate.post().place(),
            candidate.header().first("Date").map(date -> date.value().strip()).orElse(""));
      }
      Instant at =
          Objects.requireNonNullElse(found.at(), Objects.requireNonNullElse(lastDate, now));
      lastDate = at;
      return at;
    }

    private @Nullable String underway(String name, Instant now) {
      String sha256 = pending.get(name);
      return sha256 == null ? recent.sha256(name, now) : sha256;
    }

    private List<String> names(ArchiveId id, String messageId) {
      return messageId.isEmpty() ? List.of(id(id)) : List.of(id(id), messageId(messageId));
    }

    /** What a dry run has seen is nothing that is there. */
    private String id(ArchiveId id) {
      return (request.dryRun() ? request.run() : "") + " " + id;
    }

    private String messageId(String messageId) {
      return (request.dryRun() ? request.run() : "") + " " + request.list() + " " + messageId;
    }
  }

  /** Posts that went, or of which something went, by Message-ID. */
  private Map<String, Removal> takenOut(ListId list) {
    Map<String, Removal> all = new HashMap<>();
    for (Removal removal : removals.all(list, null, Integer.MAX_VALUE)) {
      all.put(removal.messageId(), removal);
    }
    return all;
  }

  private static boolean isWhatIsLeft(Removal removal, RawMessage message) {
    String left = removal.left();
    return left != null && isSame(left, message);
  }

  /** An mbox gives a message without a last line end one. */
  private static boolean isSame(String kept, RawMessage message) {
    if (kept.equals(message.sha256())) {
      return true;
    }
    byte[] octets = message.unsafeBytes();
    int end = octets.length;
    if (end == 0 || octets[end - 1] != '\n') {
      return false;
    }
    end -= end > 1 && octets[end - 2] == '\r' ? 2 : 1;
    return kept.equals(RawMessage.wrap(Arrays.copyOf(octets, end)).sha256());
  }

  private static String subject(HeaderBlock header) {
    return header.first("Subject").map(field -> field.decoded()).orElse("without a subject");
  }

  private static String firstLine(RawMessage message) {
    byte[] octets = message.unsafeBytes();
    int end = 0;
    while (end < octets.length && end < 100 && octets[end] != '\n') {
      end++;
    }
    return end == 0 ? "it is empty" : new String(octets, 0, end, StandardCharsets.ISO_8859_1);
  }
}
