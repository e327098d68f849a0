// An in-memory registry that has the referrers API, which distribution 2 and 3 lack: go-containerregistry's own.
//
//	referrers-registry [ADDRESS]     default 127.0.0.1:0; prints "listening HOST:PORT" once it accepts connections
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"

	"github.com/google/go-containerregistry/pkg/registry"
)

func main() {
	address := "127.0.0.1:0"
	if len(os.Args) > 1 {
		address = os.Args[1]
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		fmt.Fprintln(os.Stderr, "referrers-registry:", err)
		os.Exit(1)
	}
	fmt.Println("listening", listener.Addr())
	handler := registry.New(registry.WithReferrersSupport(true), registry.Logger(log.New(io.Discard, "", 0)))
	fmt.Fprintln(os.Stderr, "referrers-registry:", http.Serve(listener, handler))
	os.Exit(1)
}
