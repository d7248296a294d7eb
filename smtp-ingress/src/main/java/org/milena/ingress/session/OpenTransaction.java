package org.milena.ingress.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.milena.common.event.MailMeta.BodyFacts;
import org.milena.common.event.Route;
import org.milena.common.event.RoutedRecipient;
import org.milena.common.mail.ForwardPath;
import org.milena.common.mail.ReversePath;

/** What a session has collected since MAIL. Forgotten as a whole. */
final class OpenTransaction {

  /** What became of a recipient that has a route. */
  enum Addition {
    ADDED,
    THERE_ALREADY,
    ONE_TOO_MANY
  }

  private final int maxRecipients;
  private final Map<Object, RoutedRecipient> recipients = new LinkedHashMap<>();
  private ReversePath reversePath = new ReversePath.Null();
  private BodyFacts body = new BodyFacts(false, false);
  private boolean recipientRefused;

  OpenTransaction(int maxRecipients) {
    this.maxRecipients = maxRecipients;
  }

  void begin(ReversePath path, BodyFacts facts) {
    reversePath = path;
    body = facts;
  }

  /** Each recipient once: lists and roles by what they are, others by how they are written. */
  Addition add(ForwardPath path, Route route) {
    Object key =
        switch (route) {
          case Route.ListPost _, Route.ListRole _, Route.SiteRole _ -> route;
          case Route.RelayedDomain _, Route.Submission _ -> path;
        };
    if (recipients.containsKey(key)) {
      return Addition.THERE_ALREADY;
    }
    if (recipients.size() >= maxRecipients) {
      return Addition.ONE_TOO_MANY;
    }
    recipients.put(key, new RoutedRecipient(path, route));
    return Addition.ADDED;
  }

  void recipientRefused() {
    recipientRefused = true;
  }

  /** Whether one was. */
  boolean anyRefused() {
    return recipientRefused;
  }

  ReversePath reversePath() {
    return reversePath;
  }

  BodyFacts body() {
    return body;
  }

  List<RoutedRecipient> recipients() {
    return List.copyOf(recipients.values());
  }

  boolean isWithoutRecipients() {
    return recipients.isEmpty();
  }

  void forget() {
    reversePath = new ReversePath.Null();
    body = new BodyFacts(false, false);
    recipients.clear();
    recipientRefused = false;
  }
}
