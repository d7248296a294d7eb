package org.milena.scanner.authentication.spf;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.AuthenticationReport.Result;
import org.milena.scanner.authentication.lookup.Answer;
import org.milena.scanner.authentication.lookup.NameLookup;
import org.milena.scanner.authentication.spf.Mechanism.Prefixes;
import org.milena.scanner.authentication.spf.SpfRecord.Directive;

/**
 * One check, with all policies it leads to (RFC 7208 sections 4 and 5).
 *
 * <p>It is bounded by the terms that look something up (10), by those of them that find nothing
 * (2), and by the names behind an MX or PTR (10), all counted over the whole check (section 4.6.4).
 * Names behind an MX that have no address are not counted as finding nothing: they are not terms.
 */
final class Evaluation {
  private static final int MAX_TERMS = 10;
  private static final int MAX_VOID = 2;
  private static final int MAX_NAMES = 10;

  private final NameLookup names;
  private final InetAddress client;
  private final Macros macros;
  private int terms;
  private int voids;
  private @Nullable ClientNames clientNames;

  /** What a mechanism made of the client. */
  private sealed interface Match {

    record Hit() implements Match {}

    record Miss() implements Match {}

    /** The whole check ends here. */
    record End(Verdict verdict) implements Match {}
  }

  private static final Match HIT = new Match.Hit();
  private static final Match MISS = new Match.Miss();

  Evaluation(NameLookup names, Sender sender) {
    this.names = names;
    this.client = Network.plain(sender.client());
    this.macros = new Macros(sender, client, this::validatedName);
  }

  /**
   * Asks a domain.
   *
   * @param included whether another policy asks for its own sake: then a fail explains nothing
   */
  Verdict checkHost(String domain, boolean included) {
    if (!Domains.isAskable(domain)) {
      return Verdict.of(Result.NONE, "no domain name: " + domain);
    }
    return switch (names.txt(domain)) {
      case Answer.Trouble<String>(String reason) -> temporary(reason);
      case Answer.NoName<String>(), Answer.NoData<String>() -> none(domain);
      case Answer.Found<String>(List<String> texts) -> {
        List<String> policies = texts.stream().filter(RecordReader::isPolicy).toList();
        if (policies.isEmpty()) {
          yield none(domain);
        }
        if (policies.size() > 1) {
          yield permanent("more than one policy of " + domain);
        }
        yield switch (RecordReader.read(policies.getFirst())) {
          case ParsedRecord.Invalid(String reason) ->
              permanent("in the policy of " + domain + ": " + reason);
          case ParsedRecord.Valid(SpfRecord policy) -> evaluate(policy, domain, included);
        };
      }
    };
  }

  private static Verdict none(String domain) {
    return Verdict.of(Result.NONE, domain + " has no policy");
  }

  private static Verdict permanent(String reason) {
    return Verdict.of(Result.PERMERROR, reason);
  }

  private static Verdict temporary(String reason) {
    return Verdict.of(Result.TEMPERROR, reason);
  }

  private Verdict evaluate(SpfRecord policy, String domain, boolean included) {
    for (Directive directive : policy.directives()) {
      switch (match(directive.mechanism(), domain)) {
        case Match.Miss() -> {}
        case Match.End(Verdict verdict) -> {
          return verdict;
        }
        case Match.Hit() -> {
          return directive.qualifier() == Result.FAIL && !included
              ? Verdict.failing(directive.text(), explanation(policy, domain))
              : Verdict.of(directive.qualifier(), directive.text());
        }
      }
    }
    return policy.redirect().isPresent()
        ? redirected(policy.redirect().get(), domain, included)
        : Verdict.of(Result.NEUTRAL, "nothing in the policy of " + domain + " matches");
  }

  /** Section 6.1. */
  private Verdict redirected(MacroText redirect, String domain, boolean included) {
    if (!maySpendTerm()) {
      return tooManyTerms();
    }
    Optional<String> target = macros.name(redirect, domain);
    if (target.isEmpty()) {
      return permanent("redirect leads nowhere");
    }
    Verdict verdict = checkHost(target.get(), included);
    return verdict.result() == Result.NONE
        ? permanent("redirect leads nowhere: " + verdict.reason())
        : verdict;
  }

  /** Section 6.2: what cannot be had or read is as if it were not there. */
  private String explanation(SpfRecord policy, String domain) {
    Optional<String> place = policy.explanation().flatMap(text -> macros.name(text, domain));
    if (place.isPresent()
        && names.txt(place.get()) instanceof Answer.Found<String>(List<String> texts)
        && texts.size() == 1) {
      try {
        return macros.filled(MacroText.read(texts.getFirst(), MacroText.Place.EXPLANATION), domain);
      } catch (SyntaxFault _) {
        return "";
      }
    }
    return "";
  }

  private Match match(Mechanism mechanism, String domain) {
    boolean asks = !(mechanism instanceof Mechanism.All || mechanism instanceof Mechanism.Ip);
    if (asks && !maySpendTerm()) {
      return new Match.End(tooManyTerms());
    }
    return switch (mechanism) {
      case Mechanism.All() -> HIT;
      case Mechanism.Ip(Network network) -> network.holds(client.getAddress()) ? HIT : MISS;
      case Mechanism.Include(MacroText target) -> {
        Optional<String> name = macros.name(target, domain);
        yield name.isEmpty() ? MISS : include(name.get());
      }
      case Mechanism.A(Optional<MacroText> target, Prefixes prefixes) -> {
        Optional<String> name = target(target, domain);
        yield name.isEmpty() ? MISS : a(name.get(), prefixes);
      }
      case Mechanism.Mx(Optional<MacroText> target, Prefixes prefixes) -> {
        Optional<String> name = target(target, domain);
        yield name.isEmpty() ? MISS : mx(name.get(), prefixes);
      }
      case Mechanism.Exists(MacroText target) -> {
        Optional<String> name = macros.name(target, domain);
        yield name.isEmpty() ? MISS : exists(name.get());
      }
      case Mechanism.Ptr(Optional<MacroText> target) -> {
        Optional<String> name = target(target, domain);
        yield name.isEmpty() ? MISS : ptr(name.get());
      }
    };
  }

  private Optional<String> target(Optional<MacroText> target, String domain) {
    return target.isPresent() ? macros.name(target.get(), domain) : Optional.of(domain);
  }

  private boolean maySpendTerm() {
    return ++terms <= MAX_TERMS;
  }

  private static Verdict tooManyTerms() {
    return permanent("more than " + MAX_TERMS + " terms that look something up");
  }

  /** A look-up that found nothing. */
  private Match missed() {
    return ++voids <= MAX_VOID
        ? MISS
        : new Match.End(permanent("more than " + MAX_VOID + " look-ups that find nothing"));
  }

  /** Section 5.2. */
  private Match include(String target) {
    Verdict inner = checkHost(target, true);
    return switch (inner.result()) {
      case PASS -> HIT;
      case FAIL, SOFTFAIL, NEUTRAL -> MISS;
      case TEMPERROR, PERMERROR -> new Match.End(inner);
      case NONE, POLICY, NOT_CHECKED ->
          new Match.End(permanent("include leads nowhere: " + inner.reason()));
    };
  }

  /** Section 5.3. */
  private Match a(String target, Prefixes prefixes) {
    return switch (addresses(target)) {
      case Answer.Trouble<InetAddress>(String reason) -> new Match.End(temporary(reason));
      case Answer.NoName<InetAddress>(), Answer.NoData<InetAddress>() -> missed();
      case Answer.Found<InetAddress>(var found) -> isAmong(found, prefixes) ? HIT : MISS;
    };
  }

  private Answer<InetAddress> addresses(String name) {
    return client instanceof Inet4Address ? names.ipv4(name) : names.ipv6(name);
  }

  private boolean isAmong(List<InetAddress> addresses, Prefixes prefixes) {
    int bits = client instanceof Inet4Address ? prefixes.four() : prefixes.six();
    return addresses.stream()
        .anyMatch(address -> Network.of(address.getAddress(), bits).holds(client.getAddress()));
  }

  /** Section 5.4. */
  private Match mx(String target, Prefixes prefixes) {
    return switch (names.mx(target)) {
      case Answer.Trouble<String>(String reason) -> new Match.End(temporary(reason));
      case Answer.NoName<String>(), Answer.NoData<String>() -> missed();
      case Answer.Found<String>(var found) -> {
        List<String> hosts = found.stream().filter(host -> !host.isEmpty()).toList();
        if (hosts.size() > MAX_NAMES) {
          yield new Match.End(permanent("more than " + MAX_NAMES + " mail hosts of " + target));
        }
        for (String host : hosts) {
          Answer<InetAddress> answer = addresses(host);
          if (answer instanceof Answer.Trouble<InetAddress>(String reason)) {
            yield new Match.End(temporary(reason));
          }
          if (isAmong(answer.orNone(), prefixes)) {
            yield HIT;
          }
        }
        yield MISS;
      }
    };
  }

  /** Section 5.7: by A records, whatever the client is. */
  private Match exists(String target) {
    return switch (names.ipv4(target)) {
      case Answer.Trouble<InetAddress>(String reason) -> new Match.End(temporary(reason));
      case Answer.NoName<InetAddress>(), Answer.NoData<InetAddress>() -> missed();
      case Answer.Found<InetAddress> _ -> HIT;
    };
  }

  /**
   * Section 5.5. A client without a name is none of the domain's doing, so it is not counted among
   * the look-ups that find nothing.
   *
   * <p>Other than the section has it, trouble with what would decide is no miss: behind it stands
   * mostly {@code -all}, and trouble is never a failure.
   */
  private Match ptr(String target) {
    ClientNames known = clientNames();
    if (known.validated().stream().anyMatch(name -> isWithin(name, target))) {
      return HIT;
    }
    return known.doubt(target).<Match>map(why -> new Match.End(temporary(why))).orElse(MISS);
  }

  private static boolean isWithin(String name, String domain) {
    String lower = name.toLowerCase(Locale.ROOT);
    String end = domain.toLowerCase(Locale.ROOT);
    return lower.equals(end) || lower.endsWith('.' + end);
  }

  /**
   * Names of the client, of the first ten.
   *
   * @param validated those that lead back to it
   * @param unknown those of which nobody knows, and why
   * @param trouble why nobody knows its names
   */
  private record ClientNames(
      List<String> validated, Map<String, String> unknown, Optional<String> trouble) {

    /** Why nobody knows whether it has a name within a domain. */
    Optional<String> doubt(String domain) {
      return trouble.or(() ->
          unknown.entrySet().stream()
              .filter(entry -> isWithin(entry.getKey(), domain))
              .map(Map.Entry::getValue)
              .findFirst());
    }
  }

  private ClientNames clientNames() {
    ClientNames known = clientNames;
    if (known == null) {
      known =
          switch (names.ptr(client)) {
            case Answer.Trouble<String>(String reason) ->
                new ClientNames(List.of(), Map.of(), Optional.of(reason));
            case Answer<String> answer -> looked(answer.orNone());
          };
      clientNames = known;
    }
    return known;
  }

  private ClientNames looked(List<String> claimed) {
    List<String> validated = new ArrayList<>();
    Map<String, String> unknown = new LinkedHashMap<>();
    for (String name : claimed.subList(0, Math.min(MAX_NAMES, claimed.size()))) {
      Answer<InetAddress> answer = addresses(name);
      if (answer instanceof Answer.Trouble<InetAddress>(String reason)) {
        unknown.put(name, reason);
      } else if (isAmong(answer.orNone(), Prefixes.WHOLE)) {
        validated.add(name);
      }
    }
    return new ClientNames(validated, unknown, Optional.empty());
  }

  /** Section 7.2, letter p: the domain itself, else one below it, else any. */
  private String validatedName(String domain) {
    List<String> all = clientNames().validated();
    return all.stream()
        .filter(domain::equalsIgnoreCase)
        .findFirst()
        .or(() -> all.stream().filter(name -> isWithin(name, domain)).findFirst())
        .or(() -> all.stream().findFirst())
        .orElse("unknown");
  }
}
