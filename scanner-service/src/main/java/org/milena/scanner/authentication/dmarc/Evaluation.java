package org.milena.scanner.authentication.dmarc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.AuthenticationEvidence.Dmarc;
import org.milena.common.event.AuthenticationEvidence.Dmarc.Policy;
import org.milena.common.event.AuthenticationEvidence.Signature;
import org.milena.common.event.AuthenticationEvidence.Spf;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.common.mail.ReversePath;
import org.milena.scanner.authentication.dkim.DkimVerifier;
import org.milena.scanner.authentication.dmarc.DmarcRecord.Requests;
import org.milena.scanner.authentication.dmarc.TreeWalk.Node;
import org.milena.scanner.authentication.dmarc.TreeWalk.Path;
import org.milena.scanner.authentication.dmarc.TreeWalk.Publisher;
import org.milena.scanner.authentication.lookup.Answer;
import org.milena.scanner.authentication.lookup.NameLookup;

/** One message under the policy of its author's domain. */
final class Evaluation {

  private final NameLookup names;
  private final TreeWalk tree;
  private final String author;

  /** What is known of one identifier. */
  private enum Alignment {
    ALIGNED,
    FOREIGN,
    UNKNOWN
  }

  Evaluation(NameLookup names, String author) {
    this.names = names;
    this.tree = new TreeWalk(names);
    this.author = author;
  }

  Dmarc result(ReversePath reversePath, Supplier<Spf> spf, Supplier<List<Signature>> signatures) {
    return switch (tree.at(author)) {
      case Node.Unknown(var reason) -> without(Result.TEMPERROR, reason);
      case Node.Record(var record) ->
          under(new Publisher(author, record), reversePath, spf, signatures);
      case Node.Nothing() ->
          switch (tree.from(author)) {
            case Path.Blocked(var reason) -> without(Result.TEMPERROR, reason);
            case Path.Complete path ->
                path.inherited()
                    .map(publisher -> under(publisher, reversePath, spf, signatures))
                    .orElseGet(() -> without(Result.NONE, "no policy record"));
          };
    };
  }

  private Dmarc without(Result result, String reason) {
    return new Dmarc(result, author, null, null, false, List.of(), reason);
  }

  private Dmarc under(
      Publisher publisher,
      ReversePath reversePath,
      Supplier<Spf> spf,
      Supplier<List<Signature>> signatures) {
    DmarcRecord record = publisher.record();
    Optional<Requests> requests = record.requests();
    if (requests.isEmpty()) {
      return new Dmarc(
          Result.PERMERROR,
          author,
          publisher.domain(),
          null,
          record.testing(),
          List.of(),
          "the policy record has no policy");
    }
    var request = request(publisher.domain(), requests.get());
    if (!record.strictDkim() || !record.strictSpf()) {
      // a stranger's identifier is then known for one without a question, even when his names took
      // all the time there was: otherwise he could make a temporary error of a failure
      tree.from(author);
    }
    Alignment byDkim = dkim(signatures.get(), record.strictDkim());
    Alignment bySpf = spf(reversePath, spf.get(), record.strictSpf());
    List<String> aligned = new ArrayList<>();
    if (byDkim == Alignment.ALIGNED) {
      aligned.add("dkim");
    }
    if (bySpf == Alignment.ALIGNED) {
      aligned.add("spf");
    }
    Result result;
    String reason;
    if (!aligned.isEmpty()) {
      result = Result.PASS;
      reason = "";
    } else if (byDkim == Alignment.UNKNOWN || bySpf == Alignment.UNKNOWN) {
      result = Result.TEMPERROR;
      reason = "could not find out whether an identifier is aligned";
    } else if (request.trouble() != null) {
      result = Result.TEMPERROR;
      reason = request.trouble();
    } else {
      result = Result.FAIL;
      reason = "no aligned identifier passed";
    }
    return new Dmarc(
        result,
        author,
        publisher.domain(),
        record.applied(request.policy()),
        record.testing(),
        aligned,
        reason);
  }

  private record Request(Policy policy, @Nullable String trouble) {}

  /** RFC 9989 section 4.10.1: {@code p} for the publisher itself, else {@code sp} or {@code np}. */
  private Request request(String publisher, Requests requests) {
    if (publisher.equals(author)) {
      return new Request(requests.own(), null);
    }
    if (requests.missing() == requests.existing()) {
      return new Request(requests.existing(), null);
    }
    // a name without any record of any type: NXDOMAIN (RFC 9989 section 3.2.13, RFC 8020)
    return switch (names.ipv4(author)) {
      case Answer.NoName<?>() -> new Request(requests.missing(), null);
      case Answer.NoData<?>(), Answer.Found<?> _ -> new Request(requests.existing(), null);
      case Answer.Trouble<?>(var reason) -> new Request(requests.existing(), reason);
    };
  }

  private Alignment spf(ReversePath reversePath, Spf spf, boolean strict) {
    boolean mailFrom =
        spf.identity() == Spf.Identity.MAIL_FROM || reversePath instanceof ReversePath.Null;
    return mailFrom ? weigh(spf.result(), spf.domain(), strict) : Alignment.FOREIGN;
  }

  private Alignment dkim(List<Signature> signatures, boolean strict) {
    Alignment best = Alignment.FOREIGN;
    List<Signature> worthALook =
        signatures.stream()
            .filter(s -> s.result() == Result.PASS || s.result() == Result.TEMPERROR)
            .sorted(Comparator.comparing(s -> s.result() != Result.PASS))
            .limit(DkimVerifier.MAX_SIGNATURES) // each may cost a walk
            .toList();
    for (Signature signature : worthALook) {
      switch (weigh(signature.result(), signature.domain(), strict)) {
        case ALIGNED -> {
          return Alignment.ALIGNED;
        }
        case UNKNOWN -> best = Alignment.UNKNOWN;
        case FOREIGN -> {}
      }
    }
    return best;
  }

  private Alignment weigh(Result result, String domain, boolean strict) {
    if (result == Result.PASS && !domain.isEmpty()) {
      return alignment(domain, strict);
    }
    if (result == Result.TEMPERROR) {
      // the check did not come to an end, and without a domain it might be any
      return domain.isEmpty() || alignment(domain, strict) != Alignment.FOREIGN
          ? Alignment.UNKNOWN
          : Alignment.FOREIGN;
    }
    return Alignment.FOREIGN;
  }

  /** RFC 9989 section 4.10.2. */
  private Alignment alignment(String identifier, boolean strict) {
    String name = canonical(identifier);
    if (name.equals(author)) {
      return Alignment.ALIGNED;
    }
    if (strict || !isSameOrBelow(name, author.substring(author.lastIndexOf('.') + 1))) {
      return Alignment.FOREIGN;
    }
    return switch (tree.from(author)) {
      case Path.Blocked(_) -> Alignment.UNKNOWN;
      case Path.Complete(_, var organization) ->
          // its own organizational domain is above it or itself, so elsewhere nobody must be asked
          isSameOrBelow(name, organization)
              ? organizationOf(name, organization)
              : Alignment.FOREIGN;
    };
  }

  private Alignment organizationOf(String name, String organization) {
    return switch (tree.from(name)) {
      case Path.Blocked(_) -> Alignment.UNKNOWN;
      case Path.Complete(_, var other) ->
          other.equals(organization) ? Alignment.ALIGNED : Alignment.FOREIGN;
    };
  }

  private static String canonical(String domain) {
    String name = domain.toLowerCase(Locale.ROOT);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static boolean isSameOrBelow(String name, String parent) {
    return name.equals(parent) || name.endsWith("." + parent);
  }
}
