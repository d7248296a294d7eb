package org.milena.listexpander.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.milena.listexpander.posting.RuleSamples.ANN;
import static org.milena.listexpander.posting.RuleSamples.USUAL;
import static org.milena.listexpander.posting.RuleSamples.decide;
import static org.milena.listexpander.posting.RuleSamples.renamed;
import static org.milena.listexpander.posting.RuleSamples.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milena.common.directory.MailingList;
import org.milena.common.event.ThreadLock;
import org.milena.common.pattern.AddressPatterns.OtherLists;
import org.milena.listexpander.fake.Fixtures;

/** Rules about what a post says. */
class ContentRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          To: users@lists.example.org           ; true
          Cc: x@x.example, Users@lists.example.org ; true
          To: "users@lists.example.org" <x@x.example> ; false
          Resent-To: users@lists.example.org    ; true
          Resent-Cc: users@lists.example.org    ; true
          To: old@lists.example.org             ; true
          To: all@example.org                   ; true
          To: team-7@example.org                ; true
          To: everybody@lists.example.org       ; true
          'To: undisclosed-recipients:;'        ; false
          Bcc: users@lists.example.org          ; false
          """)
  void aPostThatDoesNotNameTheListIsHeld(String field, boolean names) {
    MailingList list =
        renamed()
            .with(
                USUAL.with(
                    "acceptableAliases", List.of("all@example.org", "^team-\\d+@example\\.org")));
    FakeSurroundings around =
        new FakeSurroundings(
            RuleSamples::member,
            List.of(),
            List.of(),
            (parent, child) ->
                parent.localPart().equals("everybody") && child.equals(Fixtures.USERS),
            Optional.empty(),
            0);
    String to = field.startsWith("To:") ? "" : "To: x@x.example\n";
    assertThat(rules(decide(list, to + field + "\n" + ANN, around)))
        .isEqualTo(names ? Set.of() : Set.of("implicit-destination"));
  }

  @Test
  void recipientsAreCountedInToAndCc() {
    MailingList list = Fixtures.list(USUAL.with("maxRecipients", 3));
    String two = "To: users@lists.example.org\nCc: a@a.example\nReply-To: b@b.example\n";
    assertThat(rules(decide(list, two + ANN))).isEmpty();
    assertThat(rules(decide(list, two + "Cc: c@c.example\n" + ANN)))
        .containsExactly("max-recipients");
    assertThat(rules(decide(Fixtures.list(USUAL.with("maxRecipients", 0)), two + two + ANN)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          Re: Users Digest, Vol 12, Issue 3 ;  ; true
          Users Digest, Volume 12, Issue 3  ;  ; true
          The Digest, Vol 12, Issue 3 of May;  ; false
          Users Digest, Vol 12, Issue 3 (partial)   ;  ; true
          AW: Users Sammelmail, Band 12, Ausgabe 3  ;  ; true
          hi ; > Send posts for the mailing list Users to|> To join or leave on the web, go to|> The people who run the list are at|> Today's Topics: ; true
          hi ; > Send Users mailing list submissions to|> To subscribe or unsubscribe via email, send|> You can reach the person managing the list at|> Today's Topics: ; true
          hi ; Today's Topics:|Today's Topics:|Today's Topics:|Today's Topics: ; false
          hi ; Today's Topics:|You can reach the person managing the list at ; false
          """)
  void answersToDigestsAreHeld(String subject, String text, boolean held) {
    String mail =
        "From: ann@a.example\nSubject: "
            + subject
            + "\n\n"
            + (text == null ? "" : text.replace("|", "\n"))
            + "\n";
    assertThat(rules(decide(Fixtures.list(), mail)))
        .isEqualTo(held ? Set.of("digest-reply") : Set.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          In-Reply-To: <root@x>                       ; true
          References: <root@x> <b@x>                  ; true
          References: <a@x> <b@x>                     ; false
          Subject: Re: [users] Pay RISE               ; true
          Subject: AW: Re: Pay rise                   ; true
          Subject: Pay rise                           ; false
          Subject: Re: Pay rises                      ; false
          """)
  void aClosedThreadTakesNoPosts(String field, boolean closed) {
    for (boolean rejects : List.of(true, false)) {
      ThreadLock lock =
          new ThreadLock(
              Fixtures.USERS_ID, "root@x", "Pay rise", rejects, "own", Fixtures.NOW, null);
      FakeSurroundings around =
          new FakeSurroundings(
              RuleSamples::member, List.of(), List.of(lock), OtherLists.NONE, Optional.empty(), 0);
      PostingDecision decision = decide(Fixtures.list(), field + "\n" + ANN, around);
      assertThat(decision.getClass().getSimpleName())
          .isEqualTo(closed ? rejects ? "Reject" : "Hold" : "Accept");
    }
  }
}
