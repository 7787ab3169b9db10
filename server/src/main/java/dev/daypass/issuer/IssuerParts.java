package dev.daypass.issuer;

import dev.daypass.authority.KnownPeers;
import dev.daypass.authority.SigningKeys;
import dev.daypass.broker.AccountNews;
import dev.daypass.broker.Broker;
import dev.daypass.broker.Endings;
import dev.daypass.broker.HeldAccounts;
import dev.daypass.broker.Minting;
import dev.daypass.broker.Records;
import dev.daypass.broker.Registry;
import dev.daypass.broker.StatusLists;
import dev.daypass.broker.UserEvents;
import dev.daypass.checkpoint.LedgerProofs;
import dev.daypass.dpop.Proofs;
import dev.daypass.users.Users;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/// What the issuer is made of.
///
/// @param issuer our issuer URL
/// @param broker opens accounts
/// @param endings ends them
/// @param records what may be looked at
/// @param held keeps accounts that somebody has to hold
/// @param news lets agents follow their accounts
/// @param registry agents, services, rules
/// @param ledger what the ledger proves
/// @param statusLists what verifiers other than edges read
/// @param userEvents takes what identity providers tell
/// @param minting makes tokens
/// @param keys token signing keys
/// @param peers judges client certificates
/// @param proofs judges DPoP proofs; the edge's too
/// @param users judges the tokens of users
/// @param clock wall clock
/// @param waiting runs what may wait; virtual threads
public record IssuerParts(
        String issuer,
        Broker broker,
        Endings endings,
        Records records,
        HeldAccounts held,
        AccountNews news,
        Registry registry,
        LedgerProofs ledger,
        StatusLists statusLists,
        UserEvents userEvents,
        Minting minting,
        SigningKeys keys,
        KnownPeers peers,
        Proofs proofs,
        Users users,
        InstantSource clock,
        Executor waiting) {}
