package org.milena.planted.sound.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.NullMarked;

@NullMarked
public class Resolver {
  public InetAddress resolve(String name) throws UnknownHostException {
    return InetAddress.getByName(name);
  }
}
