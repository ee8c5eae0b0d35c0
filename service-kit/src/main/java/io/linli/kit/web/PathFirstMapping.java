package io.linli.kit.web;

import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/// Looks at the path of an operation before its media types: nearly all operations of a service take and give the same
/// ones, so asking for them first means asking all operations for nothing.
final class PathFirstMapping extends RequestMappingHandlerMapping {
    @Override
    protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo info, ServerWebExchange exchange) {
        return info.getPatternsCondition().getMatchingCondition(exchange) == null
                ? null
                : super.getMatchingMapping(info, exchange);
    }
}
