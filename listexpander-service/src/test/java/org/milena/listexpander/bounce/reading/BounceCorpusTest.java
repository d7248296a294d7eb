package org.milena.listexpander.bounce.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milena.common.event.MailJson;
import org.milena.common.mail.MailAddress;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;

/** Real reports of 80 kinds of mail server, and what the test suites they come from expect. */
class BounceCorpusTest {
  private static final String FOLDER = "bounces";

  /** What the corpus puts where the report hides the recipient. */
  private static final String PLACEHOLDER = "@libsisimai.org.invalid";

  /** A recipient as the corpus expects it. */
  record ExpectedRecipient(
      @Nullable String address, @Nullable String reason, @JsonProperty("class") String failure) {}

  /** A recipient of the machine-readable part, as a plain reading of it gives it. */
  record Field(@Nullable String address) {}

  /** A file as the corpus expects it. */
  record Expected(
      String kind,
      String confidence,
      List<ExpectedRecipient> recipients,
      @JsonProperty("dsn_fields") List<Field> fields) {
    /** Whether this is one of those it names; true where it names none. */
    boolean names(String address) {
      List<String> known =
          Stream.concat(
                  recipients.stream().map(ExpectedRecipient::address),
                  fields.stream().map(Field::address))
              .filter(Objects::nonNull)
              .map(name -> name.toLowerCase(Locale.ROOT))
              .toList();
      return known.isEmpty() || known.contains(address);
    }

    /** Whether counting it as a failure would do wrong to somebody. */
    boolean mustNotFail() {
      return switch (kind) {
        case "bounce", "bounce-no-address" -> false;
        case "delayed" -> confidence.contains("must not count");
        default -> true;
      };
    }

    boolean hasClass(ExpectedRecipient recipient) {
      return !confidence.startsWith("kind only")
          && !confidence.startsWith("none")
          && List.of("hard", "soft", "delayed").contains(recipient.failure);
    }
  }

  @Test
  void mostOfTheRecipientsAreFoundAndMostOfTheirFailuresUnderstood() throws IOException {
    Map<String, Expected> expected =
        MailJson.mapper()
            .readValue(
                Files.readAllBytes(Corpus.root().resolve(FOLDER).resolve("expected.json")),
                MailJson.mapper()
                    .getTypeFactory()
                    .constructMapType(TreeMap.class, String.class, Expected.class));
    Map<String, Integer> kinds = new TreeMap<>();
    List<String> missed = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    List<String> falsePositives = new ArrayList<>();
    List<String> accusedWrongly = new ArrayList<>();
    int addresses = 0;
    int classes = 0;
    int givenUp = 0;
    for (CorpusMessage mail : Corpus.emls(FOLDER)) {
      String name = mail.name().substring(FOLDER.length() + 1);
      Expected file = expected.get(name);
      assertThat(file).as(name).isNotNull();
      Returned returned = BounceReader.read(mail.message(), _ -> false);
      kinds.merge(
          "%-22s %s".formatted(file.kind(), returned.getClass().getSimpleName()), 1, Integer::sum);
      if (file.mustNotFail() && returned instanceof Returned.Failed) {
        falsePositives.add(name);
      }
      Map<String, String> found = failures(returned);
      if (returned instanceof Returned.Failed failed) {
        failed.recipients().stream()
            .flatMap(recipient -> recipient.address().stream())
            .map(address -> address.toString().toLowerCase(Locale.ROOT))
            .filter(address -> !file.names(address))
            .forEach(address -> accusedWrongly.add(name + " " + address));
      }
      for (ExpectedRecipient recipient : file.recipients()) {
        if (recipient.address() == null
            || recipient.address().endsWith(PLACEHOLDER)
            || recipient.failure().equals("success")) {
          continue;
        }
        addresses++;
        String failure = found.get(recipient.address().toLowerCase(Locale.ROOT));
        if (failure == null) {
          missed.add(name + " " + recipient.address());
        } else if (file.hasClass(recipient)) {
          classes++;
          // whose time ran out is "delayed" there, also when the host gave up; here it has failed
          boolean expired = recipient.failure().equals("delayed") && failure.equals("soft");
          if (expired) {
            givenUp++;
          } else if (!failure.equals(recipient.failure())) {
            wrong.add(
                name + " " + recipient.failure() + " (" + recipient.reason() + ") -> " + failure);
          }
        }
      }
    }
    double share = 100.0 * (addresses - missed.size()) / addresses;
    double right = 100.0 * (classes - wrong.size()) / classes;
    System.out.printf(
        "%s%nrecipients with address %d, found %.1f %%%nwith class %d, right %.1f %%"
            + " (%.1f %% if those given up for time had to be called delayed)%n"
            + "false positives %d%nmissed: %s%nother class: %s%n",
        kinds.entrySet().stream()
            .map(kind -> "%-36s %4d".formatted(kind.getKey(), kind.getValue()))
            .collect(Collectors.joining("\n")),
        addresses,
        share,
        classes,
        right,
        100.0 * (classes - wrong.size() - givenUp) / classes,
        falsePositives.size(),
        missed,
        wrong);
    assertThat(falsePositives).isEmpty();
    assertThat(accusedWrongly).isEmpty();
    assertThat(share).isGreaterThanOrEqualTo(97.0);
    assertThat(right).isGreaterThanOrEqualTo(90.0);
  }

  /** By address, in the corpus' words; under both addresses where a mail was passed on. */
  private static Map<String, String> failures(Returned returned) {
    return switch (returned) {
      case Returned.Failed failed -> failures(failed.recipients());
      case Returned.Delayed delayed -> failures(delayed.recipients());
      case Returned.Delivered delivered -> failures(delivered.recipients());
      case Returned.Complaint complaint -> named(complaint.recipients(), "complaint");
      case Returned.AutoReply reply -> named(reply.author().stream().toList(), "auto-reply");
      case Returned.ReadReceipt receipt -> named(receipt.recipient().stream().toList(), "receipt");
      case Returned.DmarcReport _, Returned.NotABounce _ -> Map.of();
    };
  }

  private static Map<String, String> named(List<MailAddress> addresses, String word) {
    return addresses.stream()
        .collect(
            Collectors.toMap(
                address -> address.toString().toLowerCase(Locale.ROOT),
                _ -> word,
                (first, _) -> first));
  }

  private static Map<String, String> failures(List<ReturnedRecipient> recipients) {
    Map<String, String> failures = new TreeMap<>();
    List<Function<ReturnedRecipient, Optional<MailAddress>>> both =
        List.of(ReturnedRecipient::address, ReturnedRecipient::original);
    for (Function<ReturnedRecipient, Optional<MailAddress>> which : both) {
      for (ReturnedRecipient recipient : recipients) {
        which
            .apply(recipient)
            .ifPresent(address ->
                failures.putIfAbsent(
                    address.toString().toLowerCase(Locale.ROOT),
                    switch (recipient.failure()) {
                      case HARD -> "hard";
                      case SOFT, POLICY -> "soft";
                      case DELAYED -> "delayed";
                    }));
      }
    }
    return failures;
  }

  @ParameterizedTest
  @ValueSource(strings = {"tomoyo-users-en", "samba-technical-part1", "usrp-users-part1", "cocci"})
  void noPostOfAListIsTakenForAFailure(String list) {
    List<CorpusMessage> posts = Corpus.list(list);
    assertThat(posts).isNotEmpty();
    assertThat(posts)
        .allSatisfy(post ->
            assertThat(BounceReader.read(post.message(), _ -> false))
                .as(post.name())
                .isEqualTo(new Returned.NotABounce()));
  }
}
