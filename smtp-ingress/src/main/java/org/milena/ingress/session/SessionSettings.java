package org.milena.ingress.session;

import org.milena.ingress.policy.Limits;

/**
 * What is the same for all sessions of a port.
 *
 * @param hostname our name
 */
public record SessionSettings(PortRole role, String hostname, Limits limits) {}
