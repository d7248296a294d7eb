package org.milena.common.event;

import org.milena.common.mail.ForwardPath;

/** A recipient we took responsibility for, and why. */
public record RoutedRecipient(ForwardPath forwardPath, Route route) {}
