package org.milena.common.mail;

import java.util.List;

/**
 * What SMTP says about a message apart from its content: one reverse-path and the forward-paths
 * (RFC 5321 section 2.3.1).
 *
 * @param forwardPaths in the order they were given; may be empty only where a caller is still
 *     collecting them
 */
public record Envelope(ReversePath reversePath, List<ForwardPath> forwardPaths) {

  /** Copies the list. */
  public Envelope {
    forwardPaths = List.copyOf(forwardPaths);
  }
}
