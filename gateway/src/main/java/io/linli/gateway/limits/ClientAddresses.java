package io.linli.gateway.limits;

import io.linli.gateway.GatewaySettings;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/// Whose request it is by its network. A proxy that is trusted says so at the right end of `X-Forwarded-For`; further
/// left anybody may have written anything. Of IPv6 the network of 64 bits counts, for a client has all addresses in it.
@Component
class ClientAddresses {
    private static final int NETWORK_BYTES = 8;

    private final List<IpSubnetFilterRule> trusted;

    ClientAddresses(GatewaySettings settings) {
        this.trusted = settings.trustedProxies().stream()
                .map(network -> new IpSubnetFilterRule(network, IpFilterRuleType.ACCEPT))
                .toList();
    }

    String of(ServerHttpRequest request) {
        var remote = request.getRemoteAddress();
        if (remote == null || remote.getAddress() == null) {
            return "unknown";
        }
        var forwarded = request.getHeaders().getOrEmpty("X-Forwarded-For");
        return name(behindProxies(remote.getAddress(), String.join(",", forwarded)));
    }

    private InetAddress behindProxies(InetAddress nearest, String forwarded) {
        var client = nearest;
        for (var hop : Arrays.asList(forwarded.split(",")).reversed()) {
            var next = toAddress(hop.strip());
            if (next == null || !isTrusted(client)) {
                return client;
            }
            client = next;
        }
        return client;
    }

    private boolean isTrusted(InetAddress address) {
        var socket = new InetSocketAddress(address, 0);
        return trusted.stream().anyMatch(network -> network.matches(socket));
    }

    private static @Nullable InetAddress toAddress(String text) {
        return NetUtil.createInetAddressFromIpAddressString(text);
    }

    private static String name(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES)
                : address.getHostAddress();
    }
}
