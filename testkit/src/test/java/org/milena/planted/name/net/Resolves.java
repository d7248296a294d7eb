package org.milena.planted.name.net;

import java.net.InetAddress;
import org.jspecify.annotations.NullMarked;

@NullMarked
class Resolves {
  String resolve(InetAddress peer) {
    return peer.getHostName();
  }
}
