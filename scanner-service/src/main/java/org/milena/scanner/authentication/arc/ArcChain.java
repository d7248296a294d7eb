package org.milena.scanner.authentication.arc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.milena.common.header.HeaderField;
import org.milena.scanner.authentication.dkim.Printable;
import org.milena.scanner.authentication.dkim.SignatureTags;
import org.milena.scanner.authentication.dkim.SignatureTags.Kind;
import org.milena.scanner.authentication.dkim.SignatureTags.Reading;
import org.milena.scanner.authentication.dkim.SignedMessage;
import org.milena.scanner.authentication.dkim.TagList;

/** The sets of ARC in a header, put in order (RFC 8617 section 5.2, steps 1 to 3). */
sealed interface ArcChain {

  /** No field of ARC. */
  record None() implements ArcChain {}

  /**
   * All sets are there, each whole.
   *
   * @param sets the oldest first
   */
  record Whole(List<ArcSet> sets) implements ArcChain {
    public Whole {
      sets = List.copyOf(sets);
    }
  }

  /**
   * Something is missing, double, or makes no sense.
   *
   * @param instances how many sets it was seen to have
   * @param sealer of the newest seal that could be read
   */
  record Broken(int instances, @Nullable String sealer, String reason) implements ArcChain {}

  /** RFC 8617 section 4.2.1. */
  int MAX_INSTANCES = 50;

  /** Reads the chain of a message. */
  static ArcChain of(SignedMessage message) {
    return new Reader(message).read();
  }

  /** Gathers the fields of each instance. */
  final class Reader {

    /** The results are no list of tags, but begin like one (RFC 8617 section 4.1.1). */
    private static final Pattern INSTANCE = Pattern.compile("[ \t\r\n]*i[ \t\r\n]*=([^;]*);");

    /** What was seen of one instance. */
    private static final class Draft {
      private @Nullable HeaderField results;
      private @Nullable HeaderField signature;
      private @Nullable SignatureTags signatureTags;
      private @Nullable HeaderField seal;
      private @Nullable SignatureTags sealTags;
    }

    private final SignedMessage message;
    private final Map<Integer, Draft> drafts = new TreeMap<>();
    private @Nullable String fault;

    Reader(SignedMessage message) {
      this.message = message;
    }

    ArcChain read() {
      List<HeaderField> results = message.fields("arc-authentication-results");
      List<HeaderField> signatures = message.fields("arc-message-signature");
      List<HeaderField> seals = message.fields("arc-seal");
      if (results.isEmpty() && signatures.isEmpty() && seals.isEmpty()) {
        return new None();
      }
      if (Math.max(results.size(), Math.max(signatures.size(), seals.size())) > MAX_INSTANCES) {
        return new Broken(MAX_INSTANCES, null, "more than " + MAX_INSTANCES + " sets");
      }
      results.forEach(this::addResults);
      signatures.forEach(field -> addSigned(field, Kind.ARC_MESSAGE));
      seals.forEach(field -> addSigned(field, Kind.ARC_SEAL));
      List<ArcSet> sets = new ArrayList<>();
      drafts.forEach(
          (instance, draft) -> whole(instance, sets.size() + 1, draft).ifPresent(sets::add));
      String wrong = fault;
      return wrong == null ? new Whole(sets) : new Broken(instances(), sealer(), wrong);
    }

    private Optional<ArcSet> whole(int instance, int expected, Draft draft) {
      if (fault == null && instance != expected) {
        fault("set " + expected + " is missing");
      }
      HeaderField results = draft.results;
      HeaderField signature = draft.signature;
      SignatureTags signatureTags = draft.signatureTags;
      HeaderField seal = draft.seal;
      SignatureTags sealTags = draft.sealTags;
      if (results == null
          || signature == null
          || signatureTags == null
          || seal == null
          || sealTags == null) {
        fault("set " + instance + " is not whole");
        return Optional.empty();
      }
      String claim = sealTags.value("cv").orElse("");
      if (!claim.equals(instance == 1 ? "none" : "pass")) {
        // also the chain whose newest seal says that it is broken: cv=fail
        fault("seal " + instance + " says cv=" + Printable.text(claim, 20));
      }
      return Optional.of(new ArcSet(results, signature, signatureTags, seal, sealTags));
    }

    private int instances() {
      return drafts.size();
    }

    private @Nullable String sealer() {
      String domain = null;
      for (Draft draft : drafts.values()) {
        SignatureTags tags = draft.sealTags;
        domain = tags == null ? domain : tags.domain();
      }
      return domain;
    }

    private void addResults(HeaderField field) {
      Optional<Matcher> found =
          message.value(field).map(INSTANCE::matcher).filter(Matcher::lookingAt);
      Optional<Draft> draft = found.flatMap(matcher -> draft(matcher.group(1)));
      if (draft.isEmpty()) {
        fault("results without an instance");
      } else if (draft.get().results != null) {
        fault("two results of one instance");
      } else {
        draft.get().results = field;
      }
    }

    private void addSigned(HeaderField field, Kind kind) {
      String what = kind == Kind.ARC_SEAL ? "seal" : "signature";
      Optional<TagList> list = message.value(field).flatMap(TagList::parse);
      Optional<Draft> found = list.flatMap(tags -> tags.value("i")).flatMap(this::draft);
      if (list.isEmpty() || found.isEmpty()) {
        fault("a " + what + " without tags or instance");
        return;
      }
      Draft draft = found.get();
      if ((kind == Kind.ARC_SEAL ? draft.seal : draft.signature) != null) {
        fault("two " + what + "s of one instance");
        return;
      }
      if (kind == Kind.ARC_SEAL && list.get().tag("h").isPresent()) {
        fault("a seal with h=");
      }
      SignatureTags tags = null;
      switch (SignatureTags.read(list.get(), kind)) {
        case Reading.Readable(var readable) -> tags = readable;
        case Reading.Refused(var finding) -> fault(what + ": " + finding.reason());
      }
      if (kind == Kind.ARC_SEAL) {
        draft.seal = field;
        draft.sealTags = tags;
      } else {
        draft.signature = field;
        draft.signatureTags = tags;
      }
    }

    private Optional<Draft> draft(String instance) {
      String digits = instance.strip();
      if (digits.isEmpty()
          || digits.length() > 2
          || digits.chars().anyMatch(c -> c < '0' || c > '9')) {
        return Optional.empty();
      }
      int number = Integer.parseInt(digits);
      return number < 1 || number > MAX_INSTANCES
          ? Optional.empty()
          : Optional.of(drafts.computeIfAbsent(number, _ -> new Draft()));
    }

    private void fault(String reason) {
      if (fault == null) {
        fault = reason;
      }
    }
  }
}
