package org.milena.listexpander.sequence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.ListCommand;
import org.milena.common.event.Route;
import org.milena.listexpander.posting.PostingDecision;

/**
 * The numbers of this service. They count decisions as they are made; one whose transaction is
 * undone is made, and counted, again.
 */
public final class ListexpanderMetrics {
  private final MeterRegistry registry;

  public ListexpanderMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** {@code milena.listexpander.posts}, by decision. */
  void decision(PostingDecision decision) {
    count(
        "milena.listexpander.posts",
        "Posts by what was decided about them",
        "decision",
        name(decision));
  }

  /** {@code milena.listexpander.posts}, decision {@code duplicate}. */
  void duplicate() {
    count(
        "milena.listexpander.posts",
        "Posts by what was decided about them",
        "decision",
        "duplicate");
  }

  /** {@code milena.listexpander.commands}, by command and outcome. */
  void command(ListCommand command, CommandOutcome outcome) {
    Counter.builder("milena.listexpander.commands")
        .description("Commands by kind and outcome")
        .tag("command", name(command))
        .tag("outcome", name(outcome))
        .register(registry)
        .increment();
  }

  /** {@code milena.listexpander.role.mails}, by role. */
  void roleMail(Route.Role role) {
    count(
        "milena.listexpander.role.mails",
        "Mails to role addresses of lists",
        "role",
        role.name().toLowerCase(Locale.ROOT));
  }

  /** {@code milena.listexpander.bounces}, by class. */
  void bounce(String kind) {
    count(
        "milena.listexpander.bounces",
        "Mails to bounce addresses and refusals seen by egress, by what they are",
        "class",
        kind);
  }

  private void count(String name, String description, String tag, String value) {
    Counter.builder(name).description(description).tag(tag, value).register(registry).increment();
  }

  private static String name(Object kind) {
    return kind.getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }
}
